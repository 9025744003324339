import {
  type BinaryOperationNode,
  ColumnNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PrimitiveValueListNode,
  type QueryId,
  ReferenceNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
} from 'kysely'
import { hashOf } from './tokens.ts'

/** How a session's token is stored: who reads the database has none that a cookie could carry. */
export const storedToken = (token: string): string => hashOf(token).toString('hex')

/** Tokens that were asked with, by how they are stored. */
type Asked = Map<string, string>

/**
 * better-auth names a session by its token, the database by the hash of it: what is asked with is hashed, and
 * what is answered is the token that was asked with. No other table of accounts has such a column.
 */
export class HashedTokens implements KyselyPlugin {
  readonly #asked = new WeakMap<QueryId, Asked>()

  transformQuery({ node, queryId }: PluginTransformQueryArgs) {
    const asked: Asked = new Map()
    this.#asked.set(queryId, asked)
    return new TokenHasher(asked).transformNode(node, queryId)
  }

  async transformResult({ result, queryId }: PluginTransformResultArgs) {
    const asked = this.#asked.get(queryId)
    if (!asked?.size) return result
    const rows = result.rows.map((row) => {
      const token = asked.get(String(row.token))
      return token === undefined ? row : { ...row, token }
    })
    return { ...result, rows }
  }
}

const COLUMN = 'token'

class TokenHasher extends OperationNodeTransformer {
  readonly #asked: Asked

  constructor(asked: Asked) {
    super()
    this.#asked = asked
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId) {
    const place = node.columns?.findIndex(({ column }) => column.name === COLUMN) ?? -1
    const { values } = node
    if (place === -1 || !values || !ValuesNode.is(values))
      return super.transformInsertQuery(node, queryId)
    const rows = values.values.map((row) =>
      PrimitiveValueListNode.is(row)
        ? PrimitiveValueListNode.create(row.values.with(place, this.#hashed(row.values[place])))
        : ValueListNode.create(row.values.with(place, this.#hashedNode(row.values[place]!))),
    )
    return super.transformInsertQuery({ ...node, values: ValuesNode.create(rows) }, queryId)
  }

  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId) {
    const { leftOperand, rightOperand } = node
    if (!isToken(leftOperand)) return super.transformBinaryOperation(node, queryId)
    return { ...node, rightOperand: this.#hashedNode(rightOperand), leftOperand }
  }

  #hashedNode(node: OperationNode): OperationNode {
    return ValueNode.is(node) ? ValueNode.create(this.#hashed(node.value)) : node
  }

  #hashed(token: unknown): unknown {
    if (typeof token !== 'string') return token
    const stored = storedToken(token)
    this.#asked.set(stored, token)
    return stored
  }
}

const isToken = (node: OperationNode): boolean =>
  ReferenceNode.is(node) && ColumnNode.is(node.column) && node.column.column.name === COLUMN
