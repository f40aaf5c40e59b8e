export const helpTo = '/help'

export const askTo = '/help/new'

export const ticketTo = (id: string): string => `/help/${id}`
