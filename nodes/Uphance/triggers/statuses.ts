/** Statuses as somebody typed them, separated by commas; compared without case. Empty for any. */
export const parseStatuses = (value: unknown): string[] =>
	String(value ?? '')
		.split(',')
		.map((status) => status.trim().toLowerCase())
		.filter((status) => status !== '');

export const statusOf = ({ status }: { status?: unknown }): string =>
	typeof status === 'string' ? status.trim().toLowerCase() : '';
