import { createHash } from 'node:crypto'
import express, { Router } from 'express'
import type { z } from 'zod'
import { requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { act, type FlagParts, requireFlag } from './act-routes.ts'
import { answeredFrom } from './deeds.ts'
import { AnsweredMany } from './forms.ts'
import { type Reckoning, reckoningOf } from './reckoning.ts'

/**
 * `POST /flags/answers` `{flags: [{id, version?}], text, done, links, attachments, template, language}`: one
 * answer to at most 200 flags, each an act of its own: `{outcomes: [{id, status, …}]}`, in their order, with
 * what a single answer to it would have been told. One that was answered meanwhile holds back no other; sent
 * again with the same `Idempotency-Key`, what was done is not done twice.
 */
export function answerManyRoute(parts: FlagParts): Router {
  const { db, terms, personOf } = parts
  return Router().post('/flags/answers', express.json({ limit: '200kb' }), async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const { flags, ...form } = parse(AnsweredMany, req.body)
    const reckoning = await reckoningOf(db, terms().policy)
    const outcomes: object[] = []
    for (const flag of flags) {
      const asked = { person, key: keyOf(key, flag.id), flag, form, reckoning }
      outcomes.push({ id: flag.id, ...(await outcomeOf(() => answerOne(parts, asked))) })
    }
    res.json({ outcomes })
  })
}

interface AskedOne {
  person: string
  key: string
  flag: z.infer<typeof AnsweredMany>['flags'][number]
  form: Omit<z.infer<typeof AnsweredMany>, 'flags'>
  reckoning: Reckoning
}

async function answerOne(parts: FlagParts, { person, key, flag, form, reckoning }: AskedOne) {
  const { id, version } = flag
  const deed = answeredFrom(form, { flag: await requireFlag(parts.db, id), reckoning })
  return await act(parts, { person, key, id, seen: version, deed })
}

/** What is wrong on our side is no outcome: the whole request fails, and is sent again. */
async function outcomeOf(answer: () => Promise<object>): Promise<object> {
  try {
    return { status: 200, ...(await answer()) }
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, ...error.refusal }
    throw error
  }
}

/** One key is of one act: that of each flag is made of the request's, always the same one. */
function keyOf(key: string, id: number): string {
  const hex = createHash('sha256').update(`${key} ${id}`).digest('hex')
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([a, b]) => hex.slice(a, b))
    .join('-')
}
