/** What a chart is painted with: a colour by its custom property, and the page's letters. */
export interface Paint {
  color: (property: string) => string
  family: string
}

export const LETTERS = 12

/** A tooltip on paper, as cards are. */
export function tooltipLook({ color, family }: Paint) {
  const font = { family, size: LETTERS }
  return {
    backgroundColor: color('--paper-raised'),
    borderColor: color('--rule-strong'),
    borderWidth: 1,
    titleColor: color('--ink'),
    bodyColor: color('--ink-2'),
    titleFont: font,
    bodyFont: font,
    cornerRadius: 3,
    padding: 8,
  }
}
