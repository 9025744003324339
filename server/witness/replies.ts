/** What a witness answers to a checkpoint that it is sent (C2SP tlog-witness). */
export interface Reply {
  status: 200 | 400 | 403 | 404 | 409 | 422
  type: string
  body: string
}

export const cosignedReply = (line: string): Reply => ({
  status: 200,
  type: 'text/plain; charset=utf-8',
  body: line,
})

/** Says what was signed last, so that it can be gone on from there. */
export const conflict = (size: number): Reply => ({
  status: 409,
  type: 'text/x.tlog.size',
  body: `${size}\n`,
})

export const refusal = (status: 400 | 403 | 404 | 422, why: string): Reply => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${why}\n`,
})
