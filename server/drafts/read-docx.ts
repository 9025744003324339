import { Worker } from 'node:worker_threads'
import type { DocxText } from './docx.ts'
import { DraftRefusal } from './refusal.ts'
import { entriesOf } from './zip.ts'

/** Milliseconds, and megabytes of memory, that a document may take to be read. */
const [PATIENCE, MEMORY] = [8000, 256]

type Said = DocxText | { refused: { status: 400 | 413 | 415; message: string } }

/** Reads a Word document in a thread of its own, which is ended when it takes too long or too much. */
export async function readDocx(file: Buffer): Promise<DocxText> {
  // No thread is begun for what is no document at all.
  entriesOf(file)
  const worker = new Worker(new URL('./docx-worker.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  })
  const patience = AbortSignal.timeout(PATIENCE)
  try {
    const said = await new Promise<Said>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', () => reject(new DraftRefusal(413, 'The file takes too much memory.')))
      patience.addEventListener('abort', () =>
        reject(new DraftRefusal(413, 'The file takes too long to read.')),
      )
    })
    if ('refused' in said) throw new DraftRefusal(said.refused.status, said.refused.message)
    return said
  } finally {
    await worker.terminate()
  }
}
