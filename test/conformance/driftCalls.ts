import * as stats from "../../src/stats/index.js";

/** A reference vector, as the conformance folder's README describes it. */
export interface DriftVector {
  readonly name: string;
  readonly test: string;
  readonly reference: readonly (number | string)[] | null;
  readonly current: readonly (number | string)[] | null;
  // biome-ignore lint/suspicious/noExplicitAny: the parameters differ from test to test.
  readonly params: Record<string, any>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tol: { readonly rel: number; readonly abs: number };
}

/** What ours says to a vector, under the vector's own field names; a reason stands for a number that is missing. */
export type DriftAnswer = Readonly<Record<string, unknown>>;

/** A call of ours for a vector: reference and current are numbers, non-finite ones included. */
type Call = (
  reference: number[],
  current: number[],
  // biome-ignore lint/suspicious/noExplicitAny: the parameters differ from test to test.
  params: Record<string, any>,
) => DriftAnswer;

/** Reads "NaN", "Infinity" and "-Infinity" as the doubles that they stand for. */
export function numbers(values: readonly (number | string)[] | null): number[] {
  return (values ?? []).map(Number);
}

/** A test's p-value and statistic; a missing one is the reason for it. */
function tested(result: stats.OneSampleResult): DriftAnswer {
  return { statistic: result.statistic ?? result.reason, pvalue: result.pValue ?? result.reason };
}

/** The oracle's word for a statistic that our floor calls `infinite` or impossible. */
const infinite = (value: unknown): unknown =>
  value === "infinite" || value === "impossible-level" ? Number.POSITIVE_INFINITY : value;

const distance = (result: stats.DistanceResult): unknown => infinite(result.value ?? result.reason);

const law = (params: { distribution: string; args: number[] }): stats.LawSpec => ({
  name: params.distribution as stats.DistributionName,
  parameters: params.args,
});

const ADJUSTED: readonly stats.Adjustment[] = ["bonferroni", "holm", "bh", "by"];

/** From a vector's `test` to the call that answers it. */
export const driftCalls: Readonly<Record<string, Call>> = {
  ks_2samp: (x, y, { method, alternative }) => {
    const result = stats.ksTwoSample(x, y, {
      alternative,
      method: method === "asymp" ? "asymptotic" : method,
    });
    const { location, sign, n, m } = result;
    return { ...tested(result), statisticLocation: location, statisticSign: sign, n1: n, n2: m };
  },
  ks_1samp: (_, y, { method, alternative, ...rest }) => {
    const long = { asymp: "asymptotic", approx: "approximate", exact: "exact", auto: "exact" } as const;
    const options = { alternative, method: long[method as keyof typeof long] };
    const result = stats.ksOneSample(y, law(rest as never), options);
    return { ...tested(result), statisticLocation: result.location, statisticSign: result.sign };
  },
  cramervonmises_1samp: (_, y, params) => tested(stats.cramerVonMisesOneSample(y, law(params as never))),
  cramervonmises_2samp: (x, y, { method }) => tested(stats.cramerVonMisesTwoSample(x, y, { method })),
  anderson_1samp_norm: (_, y) => {
    const result = stats.andersonDarlingNormal(y);
    const significancePercent = result.significance.map((level) => level * 100);
    return { ...tested(result), criticalValues: result.criticalValues, significancePercent };
  },
  anderson_ksamp: (x, y, { midrank }) => {
    const result = stats.andersonDarlingKSample(x, y, { midrank });
    const [low, high] = result.pValueBounds ?? [];
    // The oracle writes the end of its table where ours gives bounds.
    const capped = result.reason === "outside-table" ? (low === 0 ? high : low) : undefined;
    return {
      ...tested(result),
      pvalue: capped ?? result.pValue ?? result.reason,
      criticalValues: result.criticalValues,
    };
  },
  kuiper_2samp: (x, y) => {
    const result = stats.kuiperTwoSample(x, y);
    return { ...tested(result), dplus: result.dPlus, dminus: result.dMinus };
  },
  mannwhitneyu: (x, y, { method, alternative, useContinuity }) =>
    tested(stats.mannWhitney(x, y, { method, alternative, continuity: useContinuity })),
  ttest_ind: (x, y, { equalVar, alternative }) => {
    const result = stats.welchT(x, y, { equalVariances: equalVar, alternative });
    if (result.reason !== "zero-variance") return { ...tested(result), df: result.dof };
    // Ours says 1 or 0 with a reason; the oracle writes 0/0 or an infinite t, in the direction of the difference.
    const away = result.statistic === 0 ? result.reason : (x[0]! < y[0]! ? -1 : 1) * Number.POSITIVE_INFINITY;
    return { statistic: away, pvalue: result.statistic === 0 ? result.reason : result.pValue };
  },
  epps_singleton_2samp: (x, y, { t }) => tested(stats.eppsSingleton(x, y, { t })),
  levene_median: (x, y) => tested(stats.levene(x, y)),
  levene_mean: (x, y) => tested(stats.levene(x, y, { center: "mean" })),
  kruskal: (x, y) => tested(stats.kruskal(x, y)),
  wasserstein_energy: (x, y) => {
    const energy = stats.energyDistance(x, y);
    const [low, high] = stats.quantile(x, [0.25, 0.75]);
    return {
      wasserstein: distance(stats.wasserstein(x, y)),
      energy: distance(energy),
      energySquared: energy.value === null ? energy.reason : energy.value ** 2,
      wassersteinOverStd: distance(stats.wasserstein(x, y, { normaliseBy: "std" })),
      refStd0: stats.describe(x).populationStd,
      refIqr: high! - low!,
    };
  },
  wasserstein_energy_weighted: (x, y, { refWeights, curWeights }) => {
    const weights = { referenceWeights: refWeights, currentWeights: curWeights };
    return {
      wasserstein: distance(stats.wasserstein(x, y, weights)),
      energy: distance(stats.energyDistance(x, y, weights)),
    };
  },
  chi2_contingency: (x, y, { correction, lambda_ }) => {
    const options = { yates: correction, lambda: lambda_, emptyLevels: "refuse" } as const;
    const result = stats.chiSquareHomogeneity(x, y, options);
    return { ...tested(result), dof: result.dof, expected: result.expected };
  },
  chisquare_gof: (x, y, { ddof }) => {
    const result = stats.chiSquareGoodnessOfFit(x, y, { ddof, emptyLevels: "refuse" });
    const impossible = result.reason === "impossible-level";
    return {
      statistic: infinite(result.statistic ?? result.reason),
      pvalue: impossible ? 0 : (result.pValue ?? result.reason),
      dof: result.dof,
      fExp: result.expected,
    };
  },
  power_divergence: (x, y, { lambda_, ddof }) =>
    tested(stats.powerDivergence(x.length > 0 ? x : null, y, { lambda: lambda_, ddof })),
  categorical_distances: (x, y, { floor }) => {
    const js = stats.jensenShannonDistance(x, y, { base: "e" });
    const affinity = stats.hellinger(x, y).value;
    const largest = stats.lInfinity(x, y);
    return {
      jsDivergenceNats: js.value === null ? js.reason : js.value ** 2,
      jsDistanceNats: distance(js),
      jsDistanceBase2: distance(stats.jensenShannonDistance(x, y)),
      klRefCurNats: distance(stats.klDivergence(x, y)),
      klCurRefNats: distance(stats.klDivergence(x, y, { direction: "current-reference" })),
      klCurRefBits: distance(stats.klDivergence(x, y, { direction: "current-reference", base: "2" })),
      hellinger: affinity,
      bhattacharyya: affinity === null ? affinity : 1 - affinity ** 2,
      tvd: distance(stats.totalVariation(x, y)),
      lInfinity: distance(largest),
      lInfinityIndex: largest.index,
      psiFloor1e4: distance(stats.psi(x, y, { floor })),
      psiFloor1e4Renormalised: distance(stats.psi(x, y, { floor, renormalise: true })),
      psiAdditiveHalf: distance(stats.psi(x, y, { smoothing: 0.5 })),
      cramersV: distance(stats.cramersV(x, y)),
      cramersVBiasCorrected: distance(stats.cramersV(x, y, { biasCorrected: true })),
    };
  },
  probability_distances: (x, y) => ({
    scipyJsDistanceNats: distance(stats.jensenShannonDistance(x, y, { base: "e" })),
    scipyJsDistanceBase2: distance(stats.jensenShannonDistance(x, y)),
    klRefCurNats: distance(stats.klDivergence(x, y)),
    klCurRefNats: distance(stats.klDivergence(x, y, { direction: "current-reference" })),
    // The entropy of p is how far it is from the uniform law: log₂ k − KL(p‖uniform).
    entropyRefBits:
      Math.log2(x.length) -
      stats.klDivergence(
        x,
        x.map(() => 1),
        { base: "2" },
      ).value!,
    tvd: distance(stats.totalVariation(x, y)),
    hellinger: distance(stats.hellinger(x, y)),
  }),
  psi: (x, y, { bins, side, floor, renormalise, smoothing, nullBin }) => {
    const options = {
      bins,
      side,
      ...(floor === undefined ? {} : { floor }),
      ...(renormalise === undefined ? {} : { renormalise }),
      ...(smoothing === undefined ? {} : { smoothing }),
      ...(nullBin === undefined ? {} : { nullCounts: nullBin }),
    };
    const result = stats.psi(x, y, options);
    return {
      psi: distance(result),
      refProportions: result.referenceProportions,
      curProportions: result.currentProportions,
      terms: result.terms,
      innerEdges: result.edges,
      refCounts: result.referenceCounts,
      curCounts: result.currentCounts,
    };
  },
  summary: (_, y) => {
    const d = stats.describe(y);
    // A number that is too large for a double is null with a reason; the oracle writes an infinity.
    const sized = (name: "variance" | "populationVariance" | "sum"): unknown =>
      d.reasons[name] === "overflow" ? Number.POSITIVE_INFINITY : d[name];
    return {
      ...d,
      sum: sized("sum"),
      var0: sized("populationVariance"),
      var1: sized("variance"),
      std0: d.populationStd,
      std1: d.std,
      skewBiased: d.skewness,
      skewUnbiased: d.skewnessUnbiased,
      kurtosisExcessBiased: d.kurtosis,
      kurtosisExcessUnbiased: d.kurtosisUnbiased,
    };
  },
  quantile: (_, y, { q }) =>
    Object.fromEntries(
      stats.quantileMethods.map((method) => [method, stats.quantile(y, q as number[], { method })]),
    ),
  p_adjust: (_, y) =>
    Object.fromEntries(ADJUSTED.map((method) => [method, stats.adjustPValues(y, { method })])),
  combine_pvalues: (_, y, { method, weights }) => {
    const result = stats.combinePValues(y, { method, ...(weights ? { weights } : {}) });
    return { statistic: infinite(result.statistic ?? result.reason), pvalue: result.pValue ?? result.reason };
  },
  fisher_exact: (x, y, { alternative }) => {
    const result = stats.fisherExact(x, y, { alternative });
    return { oddsRatio: infinite(result.statistic ?? result.reason), pvalue: result.pValue };
  },
  two_proportion_z: (x, y, { successIndex }) => {
    const p = (alternative: stats.Alternative) =>
      stats.twoProportionZ(x, y, { successIndex, alternative }).pValue;
    return {
      ...tested(stats.twoProportionZ(x, y, { successIndex })),
      less: p("less"),
      greater: p("greater"),
    };
  },
  distribution_function: (_x, _y, { fn, args }) => {
    const [name, method] = (fn as string).split(".") as [stats.DistributionName, keyof stats.Distribution];
    const f = stats.distributions[name][method];
    return {
      values: (args as (number | string)[][]).map(([x, ...rest]) => f(Number(x), ...rest.map(Number))),
    };
  },
};
