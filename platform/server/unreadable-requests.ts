import type { ConnectionError } from 'fastify'
import type { Socket } from 'node:net'
import { answerTo, Platform } from './errors.ts'
import { uuidv7 } from './ids.ts'
import type { Sentences } from './sentences.ts'

/**
 * What never became a request, and so meets no route nor its error handler: headers too large, what is no HTTP. It is
 * answered in the house's shape all the same, in French since its language was not read, and the connection ends.
 */
export function answerUnreadable(error: ConnectionError, socket: Socket, sentences: Sentences): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const isFlood = error.code === 'HPE_HEADER_OVERFLOW'
  const refusal = isFlood ? new Platform('headers_too_large') : new Platform('input_invalid')
  const { status, body } = answerTo(refusal, { requestId: uuidv7(), language: 'fr', sentences })
  const json = JSON.stringify(body)
  socket.end(
    [
      `HTTP/1.1 ${status} ${isFlood ? 'Request Header Fields Too Large' : 'Bad Request'}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(json)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      json,
    ].join('\r\n'),
  )
}
