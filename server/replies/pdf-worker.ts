import { buffer } from 'node:stream/consumers'
import { parentPort, workerData } from 'node:worker_threads'
import type { Line } from './report-lines.ts'
import { type Heading, pdfOf } from './report-pdf.ts'

const { lines, heading } = workerData as { lines: Line[]; heading: Heading }
const pdf = await buffer(pdfOf(lines, heading))
parentPort!.postMessage(pdf)
