import type { CDPSession } from 'playwright-core'

/** Bytes of a page that are in use when all is cleared away that may be. */
export interface Heap {
  /** What scripts made: objects, arrays, strings, closures, numbers. */
  objects: number
  /** What the browser made for them: nodes, styles, boxes, listeners. */
  drawn: number
  /** What V8 compiled: it goes on for as long as functions get hotter, and drops what is not run. */
  compiled: number
}

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } }
  nodes: number[]
}

/**
 * By a snapshot, which is of one moment: between a collection and a question for the size, a page that lives
 * makes and compiles up to a fifth of its heap.
 */
export async function heapOf(devtools: CDPSession): Promise<Heap> {
  const parts: string[] = []
  const keep = ({ chunk }: { chunk: string }) => void parts.push(chunk)
  devtools.on('HeapProfiler.addHeapSnapshotChunk', keep)
  await devtools.send('HeapProfiler.takeHeapSnapshot')
  devtools.off('HeapProfiler.addHeapSnapshotChunk', keep)
  return addUp(JSON.parse(parts.join('')) as Snapshot)
}

function addUp({ snapshot: { meta }, nodes }: Snapshot): Heap {
  const kinds = meta.node_types[0].map(kindOf)
  const [type, size] = [meta.node_fields.indexOf('type'), meta.node_fields.indexOf('self_size')]
  const heap: Heap = { objects: 0, drawn: 0, compiled: 0 }
  for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
    heap[kinds[nodes[at + type]!]!] += nodes[at + size]!
  }
  return heap
}

function kindOf(type: string): keyof Heap {
  if (type === 'native') return 'drawn'
  return type === 'code' ? 'compiled' : 'objects'
}
