import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Place {
  port: number
  /** Undefined: every interface. */
  host: string | undefined
}

/** Resolves to the port, which is a free one if 0 was asked for. */
export async function listen(http: Server, { port, host }: Place): Promise<number> {
  http.listen({ port, host })
  try {
    await once(http, 'listening')
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, port)
  }
  return (http.address() as AddressInfo).port
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is in use. Set PORT to another.`)
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs more rights. Set PORT to another.`)
  return error
}
