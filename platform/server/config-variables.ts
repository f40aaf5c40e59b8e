/**
 * The environment variables and what each may hold; the sentence after "must be". A test holds `.env.example` to this
 * list. Values of secret ones are never printed.
 */
export const variables = {
  APP_ENV: { expected: 'demonstration, development, test, staging or production', secret: false },
  PORT: { expected: 'a whole number from 1 to 65535', secret: false },
  LISTEN_HOST: { expected: 'a host name or an address, such as localhost or 0.0.0.0', secret: false },
  DATABASE_URL: { expected: 'an address like postgres://user:password@host:5432/database', secret: true },
  DATABASE_ADMIN_URL: {
    expected: 'an address like postgres://user:password@host:5432/database',
    secret: true,
  },
  SEQUENCER_DATABASE_URL: {
    expected: 'an address like postgres://mgp_sequencer:password@host:5432/database',
    secret: true,
  },
  PROVISIONER_DATABASE_URL: {
    expected: 'an address like postgres://mgp_provisioner:password@host:5432/database',
    secret: true,
  },
  TENANT_CONNECTIONS: { expected: 'a whole number from 4 to 5000', secret: false },
  CONSOLE_DATABASE_URL: {
    expected: 'an address like postgres://mgp_console:password@host:5432/database',
    secret: true,
  },
  DATA_DIR: { expected: 'a folder that can be written to', secret: false },
  BACKOFFICE_URL: { expected: 'an origin without a path, such as https://admin.example.com', secret: false },
  PRACTICE_URL: { expected: 'an origin without a path, such as https://app.example.com', secret: false },
  ROLE: { expected: 'all, web, worker or sequencer', secret: false },
  MASTER_KEY: { expected: '32 random bytes in base64 (openssl rand -base64 32)', secret: true },
  AUDIT_SIGNING_KEY_FILE: { expected: 'the path of a file', secret: false },
  INVOICE_SEAL_CERT: { expected: 'the path of a file', secret: false },
  INVOICE_SEAL_KEY: { expected: 'the path of a file', secret: false },
  AUDIT_WITNESSES: {
    expected:
      'places separated by white space: folder:///path, s3://key:secret@host/bucket, https://witness#key, mailto:address',
    secret: true,
  },
  TRUSTED_PROXIES: {
    expected: 'addresses or networks separated by commas, such as 10.0.0.0/8',
    secret: false,
  },
  SMTP_URL: {
    expected: 'an address like smtp://user:password@host:587 or smtps://user:password@host:465',
    secret: true,
  },
  MAIL_FROM: {
    expected: 'a name and an address, such as MaGestionPsy <no-reply@example.com>',
    secret: false,
  },
  SUPPORT_EMAIL: {
    expected: 'a name and an address, such as MaGestionPsy <support@example.com>',
    secret: false,
  },
  IMAP_URL: {
    expected: 'an address like imaps://user:password@host:993 or imap://user:password@host:143',
    secret: true,
  },
  IMAP_FOLDER: { expected: 'the name of a folder without / . % * or quotes', secret: false },
  IMAP_AUTHSERV_ID: {
    expected: 'the name our own mail server signs its findings with, or none',
    secret: false,
  },
  SMS_URL: { expected: 'the address of a gateway, such as https://sms.example.com/messages', secret: true },
  SMS_TOKEN: { expected: 'at least 16 characters', secret: true },
  SMS_FROM: { expected: '3 to 11 letters and figures, or a number like +33939000000', secret: false },
  BREACHED_PASSWORDS_URL: {
    expected: 'the address of a range endpoint, such as https://api.pwnedpasswords.com/range/',
    secret: false,
  },
  LOG_LEVEL: { expected: 'fatal, error, warn, info, debug, trace or silent', secret: false },
  METRICS_TOKEN: { expected: 'at least 16 characters', secret: true },
  CHECK_OUTPUT: { expected: 'on or off', secret: false },
} as const satisfies Record<string, { expected: string; secret: boolean }>

export type VariableName = keyof typeof variables
