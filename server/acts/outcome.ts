import { HttpError } from '../http/errors.ts'

/**
 * Of one act of several that are asked for at once, as it alone would have been answered. What is wrong on our
 * side is no outcome: the whole request fails, and is sent again.
 */
export async function outcomeOf(act: () => Promise<object>): Promise<object> {
  try {
    return { status: 200, ...(await act()) }
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, ...error.refusal }
    throw error
  }
}
