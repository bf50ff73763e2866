/**
 * Eigenvalues and eigenvectors (the columns of `vectors`) of a small symmetric matrix, by Jacobi's cyclic rotations.
 *
 * Source: Golub and Van Loan, "Matrix Computations", section 8.5.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): {
  values: number[];
  vectors: number[][];
} {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < size; i++) {
      diagonal += a[i]![i]! ** 2;
      for (let j = i + 1; j < size; j++) off += a[i]![j]! ** 2;
    }
    if (off <= diagonal * 1e-40) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
  }
  return { values: a.map((row, i) => row[i]!), vectors };
}

/** Rotates the plane of axes p and q so that a[p][q] vanishes. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const corner = a[p]![q]!;
  if (corner === 0) return;
  const tau = (a[q]![q]! - a[p]![p]!) / (2 * corner);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (const row of [...a, ...vectors]) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  const [above, below] = [[...a[p]!], [...a[q]!]];
  for (let j = 0; j < a.length; j++) {
    a[p]![j] = c * above[j]! - s * below[j]!;
    a[q]![j] = s * above[j]! + c * below[j]!;
  }
}
