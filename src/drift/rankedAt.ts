import type { MetricRequest } from "../plan/request.js";
import type { Profile } from "./profile.js";

/** Where a comparison with a column of a baseline ranks numbers; nowhere in particular for a column of none. */
export function rankedAt({ hash, columns }: Profile, name: string): Pick<MetricRequest, "against"> {
  const { numbers, lengths, kind } = columns.find((column) => column.name === name) ?? {};
  const places = (kind === "binary" ? lengths : numbers)?.places.values ?? [];
  return places.length === 0 ? {} : { against: { hash, places } };
}
