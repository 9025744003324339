const SWEEPS = 30

export interface Eigen {
  values: number[]
  /** One after the other, as they belong to the values. */
  vectors: number[][]
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, the largest first, by turning pairs of axes
 * until nothing lies off the diagonal (Jacobi 1846; Golub and Van Loan, Matrix Computations, §8.5).
 */
export function eigenOf(matrix: readonly (readonly number[])[]): Eigen {
  const size = matrix.length
  const a = matrix.map((row) => [...row])
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) turn(a, v, [p, q])
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!)
  return {
    values: order.map((i) => a[i]![i]!),
    vectors: order.map((i) => v.map((row) => row[i]!)),
  }
}

/** Makes the element at (p, q) zero. */
function turn(a: number[][], v: number[][], [p, q]: [number, number]): void {
  const off = a[p]![q]!
  if (off === 0) return
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (const row of [...a, ...v]) {
    const [x, y] = [row[p]!, row[q]!]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  const [one, other] = [a[p]!, a[q]!]
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [one[k]!, other[k]!]
    one[k] = c * x - s * y
    other[k] = s * x + c * y
  }
}
