const NAME = /^[\w-]{1,100}$/

/** Which ways of showing a page's panels a query names that are not the usual ones: `?show=over-table,…`. */
export function shownIn(query: string): string[] {
  const names = new URLSearchParams(query).get('show')?.split(',') ?? []
  return [...new Set(names.filter((name) => NAME.test(name)))].sort()
}

/** The same query with one way more, or without it where it is there: equal for equal ways. */
export function toggleShown(query: string, one: string): string {
  const params = new URLSearchParams(query)
  const shown = shownIn(query)
  params.delete('show')
  const names = shown.includes(one) ? shown.filter((name) => name !== one) : [...shown, one].sort()
  const parts = [params.toString(), names.length > 0 && `show=${names.join()}`].filter(Boolean)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
