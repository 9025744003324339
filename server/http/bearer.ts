/** The key in an `Authorization: Bearer KEY` header, undefined when it holds none. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,200})$/i.exec(header ?? '')?.[1]
}
