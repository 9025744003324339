interface Outcome {
  adoptedAt: number
  /** As its source names it. */
  draft?: number | undefined
}

/** The draft that became law: the one that is named, else the newest of those shown that was published by then; null: none was. */
export function adoptedDraft(
  { adoptedAt, draft }: Outcome,
  drafts: readonly { number: number; publishedAt: number }[],
): number | null {
  if (draft !== undefined) return draft
  const published = drafts.filter(({ publishedAt }) => publishedAt <= adoptedAt)
  return Math.max(0, ...published.map(({ number }) => number)) || null
}
