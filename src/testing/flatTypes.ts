import {
  Binary,
  BinaryView,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Duration,
  FixedSizeBinary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  LargeBinary,
  LargeUtf8,
  Null,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Timestamp,
  TimeUnit,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
} from "apache-arrow";

/** Makes a type; a dictionary type is made anew each time, because it has an identity. */
export type MakeType = () => DataType;

const UNITS = [TimeUnit.SECOND, TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND];

const PLAIN: readonly MakeType[] = [
  () => new Null(),
  () => new Bool(),
  () => new Int8(),
  () => new Int16(),
  () => new Int32(),
  () => new Int64(),
  () => new Uint8(),
  () => new Uint16(),
  () => new Uint32(),
  () => new Uint64(),
  () => new Float16(),
  () => new Float32(),
  () => new Float64(),
  () => new Decimal(2, 9, 128),
  () => new Decimal(4, 38, 128),
  () => new Decimal(20, 76, 256),
  () => new Utf8(),
  () => new LargeUtf8(),
  () => new Utf8View(),
  () => new Binary(),
  () => new LargeBinary(),
  () => new BinaryView(),
  () => new FixedSizeBinary(3),
  () => new DateDay(),
  () => new DateMillisecond(),
  () => new TimeSecond(),
  () => new TimeMillisecond(),
  () => new TimeMicrosecond(),
  () => new TimeNanosecond(),
  ...UNITS.flatMap((unit): MakeType[] => [
    () => new Timestamp(unit, null),
    () => new Timestamp(unit, "Europe/Paris"),
    () => new Duration(unit),
  ]),
];

const ENCODED: readonly MakeType[] = [
  () => new Dictionary(new Utf8(), new Int32()),
  () => new Dictionary(new Utf8(), new Uint8()),
  () => new Dictionary(new Int64(), new Int8()),
  () => new Dictionary(new Float64(), new Uint16()),
  () => new Dictionary(new Decimal(2, 20, 128), new Int16()),
  () => new Dictionary(new Timestamp(TimeUnit.MICROSECOND, "UTC"), new Uint32()),
  () => new Dictionary(new Binary(), new Int32()),
  () => new Dictionary(new Bool(), new Int8()),
];

/** Intervals, of which nothing can be asked but whether they are there. */
export const INTERVAL_TYPES: readonly MakeType[] = [
  () => new IntervalYearMonth(),
  () => new IntervalDayTime(),
  () => new IntervalMonthDayNano(),
];

/** Every type whose values are no lists and no records, plain and dictionary-encoded. */
export const FLAT_TYPES: readonly MakeType[] = [...PLAIN, ...ENCODED];
