// The limit of what can be had: node:http and one prepared statement, no session, no permission, no checks, no log.
import { createServer } from 'node:http'
import pg from 'pg'

/** In a process that was forked with `DATABASE_URL` and `PORT`: whatever is asked, the statement's column `json` is sent. */
export function serveJson(statement: { name: string; text: string }, values: readonly unknown[]): void {
  const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16 })
  createServer((_request, response) => {
    pool.query<{ json: string }>(statement, [...values]).then(
      ({ rows }) => {
        const json = rows[0]?.json ?? ''
        response
          .writeHead(200, {
            'content-type': 'application/json; charset=utf-8',
            'content-length': Buffer.byteLength(json),
          })
          .end(json)
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  }).listen(Number(process.env['PORT']), 'localhost', () => process.send?.('listening'))
  process.on('disconnect', () => process.exit())
}
