import { read } from '../api/ask.ts'

/** Asks below `/api/v1/`. Throws a `Refused`. */
export const ask = <T>(path: string): Promise<T> => read<T>(`/${path}`)
