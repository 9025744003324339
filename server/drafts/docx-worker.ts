import { parentPort, workerData } from 'node:worker_threads'
import { textOfDocx } from './docx.ts'
import { DraftRefusal } from './refusal.ts'

/* Reads one document, away from everything else: see `read-docx.ts`. */
try {
  parentPort!.postMessage(await textOfDocx(Buffer.from(workerData as Uint8Array)))
} catch (error) {
  if (!(error instanceof DraftRefusal)) throw error
  parentPort!.postMessage({ refused: { status: error.status, message: error.message } })
}
