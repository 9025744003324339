import express, { Router } from 'express'
import type { z } from 'zod'
import { requirePerson } from '../acts/asker.ts'
import { idempotencyKey, keyOf } from '../acts/key.ts'
import { outcomeOf } from '../acts/outcome.ts'
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
