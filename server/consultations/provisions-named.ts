import { z } from 'zod'
import type { Directory } from '../dimensions/directory.ts'

/** Keys of provisions, between commas; `(none)` is the whole draft. */
export const ProvisionKeys = z.string().max(20_000).optional()

/** All that goes on as one of them; undefined: none is named, and everything meant. */
export function provisionsNamed(
  keys: z.infer<typeof ProvisionKeys>,
  directory: Directory,
): number[] | undefined {
  return keys?.split(',').flatMap((key) => {
    const root = directory.find('provision', key)
    return root === undefined ? [] : directory.idsOf(root)
  })
}
