export const paymentsTo = '/payments'
export const bankTo = '/bank'
export const directDebitsTo = '/direct-debits'
export const cardSandboxPath = '/card-sandbox/$id'
