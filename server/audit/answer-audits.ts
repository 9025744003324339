import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import { ViewQuestion } from '#shared/view-schema.ts'
import type { Connections } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { insertAnswer, type Request, requestsAfter } from './queries.ts'

const Questions = z.array(ViewQuestion)

interface Options extends Connections {
  engine: Engine
  log: Logger
}

/** What answers audits in a running process. */
export interface AuditAnswerer {
  close(): Promise<void>
}

/**
 * Answers `npm run audit`, which reaches this process through the database alone: every question, as
 * the cube stands, whatever the public may see. Between two questions other work gets its turn.
 */
export async function answerAudits({ db, sql, engine, log }: Options): Promise<AuditAnswerer> {
  const process = processName()
  let isClosed = false
  let last = 0
  let answering = Promise.resolve()

  async function answer({ id, questions }: Request): Promise<void> {
    for (const [question, spec] of Questions.parse(questions).entries()) {
      const isWanted =
        !isClosed && (await insertAnswer(db, id, { process, question, ...answerNow(engine, spec) }))
      if (!isWanted) return
      await nextTurn()
    }
  }

  async function answerNew(): Promise<void> {
    for (const request of await requestsAfter(db, last)) {
      last = request.id
      await answer(request)
    }
  }

  function heard(): void {
    answering = answering
      .then(answerNew)
      .catch((error: unknown) => log.error({ err: error }, 'an audit was not answered'))
  }

  const { unlisten } = await sql.listen('audit', heard, heard)
  return {
    async close() {
      isClosed = true
      await unlisten().catch(() => {})
      await answering
    },
  }
}

/** Where it stands and what it answers, in one turn: nothing moves between. */
function answerNow(engine: Engine, spec: ViewSpec): { at: At; answer: ViewState } {
  return { at: engine.at, answer: engine.answer(engine.understand(spec)).state('') }
}

/** Tells processes apart, also those of several machines or containers that share a database. */
function processName(): string {
  return `${hostname()}, process ${process.pid} (${randomUUID().slice(0, 4)})`
}
