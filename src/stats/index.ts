/** Statistics: tests, distances, summaries and laws. Numbers in, numbers out, and a reason in place of a NaN. */
export { accuracy, balancedAccuracy, mcc } from "./accuracy.js";
export { type Adjustment, adjustments, adjustPValues } from "./adjustPValues.js";
export {
  type AndersonDarlingOptions,
  type AndersonDarlingResult,
  andersonDarlingKSample,
  andersonDarlingNormal,
  type NormalityResult,
} from "./andersonDarling.js";
export { type CalibrationBin, type CalibrationResult, expectedCalibrationError } from "./calibration.js";
export {
  chiSquareHomogeneity,
  type HomogeneityOptions,
  type HomogeneityResult,
} from "./chiSquareHomogeneity.js";
export {
  type Combination,
  type CombinedResult,
  type CombineOptions,
  combinations,
  combinePValues,
} from "./combinePValues.js";
export type { ConfusionMatrix, ScoreResult } from "./confusion.js";
export { type ContingencyResult, contingencyTable } from "./contingencyTable.js";
export { cramersV } from "./cramersV.js";
export {
  type CramerVonMisesOptions,
  cramerVonMisesOneSample,
  cramerVonMisesTwoSample,
} from "./cramerVonMises.js";
export { type Description, describe } from "./describe.js";
export { r2 } from "./determination.js";
export { type Distribution, type DistributionName, distributions } from "./distributions/index.js";
export { type EppsSingletonResult, eppsSingleton } from "./eppsSingleton.js";
export { fisherExact } from "./fisherExact.js";
export type { GroupOptions } from "./groups.js";
export { hellinger } from "./hellinger.js";
export { type JensenShannonOptions, jensenShannonDistance } from "./jensenShannon.js";
export { type KlOptions, klDivergence } from "./klDivergence.js";
export { kruskal } from "./kruskal.js";
export { type KsOneSampleOptions, type KsOneSampleResult, ksOneSample } from "./ksOneSample.js";
export { type KsOptions, type KsResult, ksTwoSample } from "./ksTwoSample.js";
export { type KuiperResult, kuiperTwoSample } from "./kuiper.js";
export type { LawSpec } from "./lawSpec.js";
export { type LeveneOptions, levene } from "./levene.js";
export { type MannWhitneyOptions, mannWhitney } from "./mannWhitney.js";
export {
  chiSquareGoodnessOfFit,
  type GoodnessOfFitResult,
  type PowerDivergenceOptions,
  type PowerName,
  powerDivergence,
  powers,
} from "./powerDivergence.js";
export { type Average, averages, type ClassChoice, f1, precision, recall } from "./precisionRecall.js";
export { brierScore, type LossResult, logLoss, lossInterval } from "./probabilityScores.js";
export type { BinnedResult, BinningOptions, SmoothingOptions } from "./proportions.js";
export { type PsiResult, psi } from "./psi.js";
export { type QuantileMethod, type QuantileOptions, quantile, quantileMethods } from "./quantile.js";
export type {
  Alternative,
  DistanceResult,
  Effect,
  Method,
  OneSampleResult,
  Reason,
  Sample,
  TestResult,
} from "./result.js";
export { rocAuc, rocAucInterval } from "./rocAuc.js";
export { type LInfinityResult, lInfinity, totalVariation } from "./totalVariation.js";
export { type TwoProportionOptions, type TwoProportionResult, twoProportionZ } from "./twoProportionZ.js";
export { energyDistance, type SampleDistanceOptions, wasserstein } from "./wasserstein.js";
export { type WelchOptions, type WelchResult, welchT } from "./welchT.js";
export { type Interval, meanInterval, proportionInterval } from "./wilson.js";
