/** What a picture of a chart must say, so that it can stand alone. */
export interface Caption {
  title: string
  place: string
  /** How to read it: units, thin lines, stripes. */
  notes: readonly string[]
  /** How old its numbers are, in words. */
  age: string
  /** The instant up to which they are complete; undefined before the first answer. */
  at: number | undefined
  timeZone: string
}

/** `received-and-closed-by-hour-2026-11-19-14-38.png`: title and local time, in any script. */
export function pictureName({ title, at, timeZone }: Caption): string {
  const time =
    at === undefined
      ? ''
      : new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(
          at,
        )
  const words = `${title} ${time}`.toLocaleLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return `${words.join('-')}.png`
}
