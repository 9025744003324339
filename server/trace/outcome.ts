/** What an act that answers is on the way, by the last word of its kind. Later nouns join by the same words. */
const outcomes: Partial<Record<string, 'answer' | 'decision' | 'implementation'>> = {
  answered: 'answer',
  adopted: 'decision',
  partly: 'decision',
  declined: 'decision',
  implemented: 'implementation',
}

export function outcomeOf(kind: string) {
  return outcomes[kind.slice(kind.lastIndexOf('.') + 1)]
}

export const isOutcome = (kind: string): boolean => outcomeOf(kind) !== undefined

/** The act that a node such as `answer:17` stands for; undefined for a node that is a subject. */
export function actIn(node: string): number | undefined {
  const id = /^(?:answer|decision|implementation):(\d{1,15})$/.exec(node)?.[1]
  return id === undefined ? undefined : Number(id)
}
