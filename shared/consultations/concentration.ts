/** How many have published so many comments each. */
export interface Writers {
  comments: number
  people: number
}

export interface Concentration {
  people: number
  comments: number
  /** The tenth who wrote most, in whole people: one at least, where anybody wrote. */
  top: number
  /** What these wrote. */
  ofTop: number
}

export function concentrationOf(histogram: readonly Writers[]): Concentration {
  const people = histogram.reduce((sum, one) => sum + one.people, 0)
  const comments = histogram.reduce((sum, one) => sum + one.people * one.comments, 0)
  const top = Math.ceil(people / 10)
  let [ofTop, left] = [0, top]
  for (const one of histogram.toSorted((a, b) => b.comments - a.comments)) {
    const taken = Math.min(left, one.people)
    ofTop += taken * one.comments
    left -= taken
  }
  return { people, comments, top, ofTop }
}
