import type { FastifyReply } from 'fastify'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { RawJson, Stream } from '../requests.ts'

/** Sends what a handler gave, held to the contract where outputs are checked. */
export async function send(
  reply: FastifyReply,
  endpoint: AnyEndpoint,
  answer: unknown,
  { checkOutput }: { checkOutput: boolean },
): Promise<FastifyReply> {
  reply.status(endpoint.status).header('cache-control', 'no-store')
  if (answer instanceof Stream) return reply.headers(answer.headers).send(answer.body)
  if (endpoint.status === 204) return reply.send()
  const json = answer instanceof RawJson ? answer.text : JSON.stringify(answer)
  if (checkOutput && 'parse' in endpoint.output) {
    const checked = endpoint.output.safeParse(JSON.parse(json))
    if (!checked.success)
      throw new Error(
        `${endpoint.method} ${endpoint.path} answered against its contract: ${checked.error.message}`,
      )
  }
  return reply.type('application/json; charset=utf-8').send(json)
}

/** What was to be shown is not: nobody reads the rest of it. */
export function drop(answer: unknown): void {
  if (answer instanceof Stream && !Buffer.isBuffer(answer.body)) answer.body.destroy()
}
