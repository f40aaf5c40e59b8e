import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import underPressure from '@fastify/under-pressure'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import type pg from 'pg'
import { uuidv7 } from './ids.ts'
import { prefixOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { apiDocsCss, apiDocsPage } from './api-docs.ts'
import { answerTo, Platform } from './errors.ts'
import { newsHandlers } from './event-stream.ts'
import { handoverPage, serveHandover } from './handover.ts'
import { doorOf, type Door, type Hosts } from './hosts.ts'
import type { Logger } from './log.ts'
import { openMetrics, type Measure } from './metrics.ts'
import { mount, type Mounting } from './mount.ts'
import type { NewsDesk } from './news.ts'
import { openApiOf } from './openapi.ts'
import { NotFound, type Handler, type Impersonator } from './requests.ts'
import { languageOf } from './sentences.ts'
import { answerUnreadable } from './unreadable-requests.ts'
import { serveWebApps } from './web-apps.ts'

declare module 'fastify' {
  // Fastify's own interface is what this adds to.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface FastifyContextConfig {
    endpoint?: AnyEndpoint
    /** What a route that is no endpoint is there for. */
    serves?: string
    /** Served in the practice's own database: a write is intent, change and outcome (decision 9). */
    inTenant?: boolean
  }
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface FastifyRequest {
    /** By which of the two hosts it came. */
    door: Door
    /** Whose practice it is about, once it is known who asks. */
    tenant: string | undefined
    /** Who stands in for whoever asks. */
    impersonator: Impersonator | undefined
  }
}

export type Serving = Mounting & {
  handlers: readonly Handler[]
  pool: pg.Pool
  newsDesk: NewsDesk
  log: Logger
  hosts: Hosts
  trustedProxies: readonly string[]
  webFolders: Record<Door, string>
  /** Bearer token for /metrics; without one only the machine itself may read them. */
  metricsToken: string | undefined
  /** Whether /metrics needs a token even from the machine itself: a proxy beside the server comes from there too. */
  metricsNeedToken: boolean
  /** What modules measure for /metrics. */
  measures: readonly Measure[]
  /** Addresses at the back-office's root that lead into the API, with all below them: `/audit/log`. */
  aliases: readonly `/${string}`[]
  /** Told of every route as it is taken: how the walls see what really runs. */
  onRoute?: (route: RouteOptions) => void
}

const bodyLimit = 1024 * 1024

/** The process's HTTP side: both hosts, the API with its documentation, both web apps, health and metrics. */
export async function createServer(serving: Serving): Promise<FastifyInstance> {
  const { hosts, sentences, log } = serving
  const answerWith = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const answer = answerTo(error, {
      requestId: request.id,
      language: languageOf(request.headers['accept-language']),
      sentences,
    })
    if (answer.bug)
      log.error(
        { err: error, requestId: request.id, route: request.routeOptions.url, tenant: request.tenant },
        'a bug',
      )
    if (answer.retryAfter) reply.header('retry-after', answer.retryAfter)
    return reply
      .status(answer.status)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(answer.body))
  }
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // The default request lines hold whole addresses, and with them what people searched for.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuidv7(),
    requestIdHeader: false,
    trustProxy: serving.trustedProxies.length > 0 ? [...serving.trustedProxies] : false,
    bodyLimit,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    // An address that cannot be read at all, `/%`, never meets a route nor its error handler.
    frameworkErrors: (error, request, reply) => void answerWith(error, request, reply),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, sentences),
  })
  app.removeContentTypeParser('text/plain')
  if (serving.onRoute) app.addHook('onRoute', serving.onRoute)

  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        // One page of the practice host takes a form of the back-office's.
        formAction: ["'self'", new URL(handoverPage, hosts.practice).href],
      },
    },
    crossOriginEmbedderPolicy: true,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: serving.secureCookies,
  })
  await app.register(compress, {
    encodings: ['gzip'],
    threshold: 2048,
    zlibOptions: { level: 4 },
    customTypes: /^(application\/json|text\/(html|css|csv))/,
  })
  await app.register(underPressure, { maxEventLoopDelay: 5_000, retryAfter: 2, exposeStatusRoute: false })

  const { registry, durations } = openMetrics(serving.measures)

  app.decorateRequest('door', 'backoffice')
  app.decorateRequest('tenant', undefined)
  app.decorateRequest('impersonator', undefined)
  const isProbe = (url: string) => url.startsWith('/health/') || url === '/metrics'
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    // Probes come by address, not by name.
    if (isProbe(request.url)) return
    request.door = doorOf(request.hostname, hosts)
    const { endpoint } = request.routeOptions.config
    if (endpoint && (endpoint.realm === 'member') !== (request.door === 'practice')) throw new NotFound()
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        // Left out of what no member asked.
        tenant: request.tenant,
        // Two names, where there are two: who acts, and for whom is in the log of what was done.
        ...(request.impersonator && {
          impersonation: request.impersonator.id,
          actor: request.impersonator.staffId,
        }),
      },
      'answered',
    )
  })

  app.setErrorHandler(answerWith)
  app.setNotFoundHandler(async () => {
    throw new NotFound()
  })

  const news = newsHandlers(serving.newsDesk, serving.strangers)
  const handlers = [...serving.handlers, ...news.handlers]
  const endpoints = handlers.map((handler) => handler.endpoint)
  await app.register(async (scope) => {
    for (const handler of handlers) if (!handler.endpoint.input.file) mount(scope, handler, serving)
  })
  await app.register(async (scope) => {
    const withFile = handlers.filter((handler) => handler.endpoint.input.file)
    const mediaTypes = new Set(withFile.flatMap((handler) => handler.endpoint.input.file?.mediaTypes ?? []))
    scope.addContentTypeParser([...mediaTypes], (_request, payload, done) => done(null, payload))
    for (const handler of withFile) mount(scope, handler, serving)
  })

  // Written when somebody first asks: it was a third of a second of each start.
  let openapi: string | undefined
  let docs: string | undefined
  app.get('/api/v1/openapi.json', { config: { serves: 'api document' } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((openapi ??= JSON.stringify(openApiOf(endpoints)))),
  )
  app.get('/api/docs', { config: { serves: 'api document' } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send((docs ??= apiDocsPage(endpoints))),
  )
  app.get('/api/docs.css', { config: { serves: 'api document' } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(apiDocsCss),
  )

  app.get('/health/live', { config: { serves: 'health' } }, async () => ({ status: 'ok' }))
  app.get('/health/ready', { config: { serves: 'health' } }, async (_request, reply) => {
    const ready = await serving.pool.query('select 1').then(
      () => true,
      () => false,
    )
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'database unreachable' })
  })
  app.get('/metrics', { config: { serves: 'metrics' } }, async (request, reply) => {
    const { metricsToken, metricsNeedToken } = serving
    const fromHere = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)
    const allowed = metricsToken
      ? request.headers.authorization === `Bearer ${metricsToken}`
      : fromHere && !metricsNeedToken
    if (!allowed) throw new Platform('forbidden')
    return reply.type(registry.contentType).send(await registry.metrics())
  })

  for (const alias of serving.aliases)
    app.get(`${alias}/*`, { config: { serves: 'alias' } }, (request, reply) => {
      if (doorOf(request.hostname, hosts) !== 'backoffice') throw new NotFound()
      return reply.redirect(`${prefixOf('staff')}${request.url}`, 308)
    })

  await serveHandover(app, {
    hosts,
    webFolder: serving.webFolders.practice,
    secureCookies: serving.secureCookies,
  })
  await serveWebApps(app, serving.webFolders, (hostname) => doorOf(hostname, hosts))
  app.addHook('preClose', async () => news.close())
  return app
}
