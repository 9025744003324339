import { setTimeout as delay } from 'node:timers/promises'
import { databaseUrl } from './ask.ts'
import { type Hold, holdCluster, type Role } from './hold.ts'
import type { Cluster } from './prepare.ts'
import { runCluster, type Running, type RunOptions } from './run-cluster.ts'

/** A running cluster, and our mark on it. */
export interface Use {
  running: Running
  hold: Hold
}

export interface JoinOptions extends RunOptions {
  role: Role
}

export async function joinCluster(cluster: Cluster, options: JoinOptions): Promise<Use> {
  for (;;) {
    const running = await runCluster(cluster, options)
    const hold = await holdCluster(databaseUrl(cluster, running.port, 'postgres'), options.role)
    if (hold) return { running, hold }
    await delay(100)
  }
}
