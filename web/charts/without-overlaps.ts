/** A label under an axis, in pixels: where its middle is, and how wide it is. */
export interface AxisLabel {
  at: number
  width: number
  isMajor: boolean
}

const APART = 8

/** Which labels stay, in their order: where two would touch, the major one, else the first. */
export function withoutOverlaps<Label extends AxisLabel>(labels: readonly Label[]): Label[] {
  const kept = new Set<Label>()
  const isFree = (label: Label) =>
    [...kept].every(({ at, width }) => Math.abs(at - label.at) >= (width + label.width) / 2 + APART)
  for (const label of [...labels.filter(({ isMajor }) => isMajor), ...labels]) {
    if (isFree(label)) kept.add(label)
  }
  return labels.filter((label) => kept.has(label))
}
