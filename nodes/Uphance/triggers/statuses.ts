/** Statuses as somebody typed them, separated by commas; compared without case. Empty for any. */
export const statusesIn = (typed: unknown): string[] =>
	String(typed ?? '')
		.split(',')
		.map((status) => status.trim().toLowerCase())
		.filter((status) => status !== '');

export const statusOf = ({ status }: { status?: unknown }): string =>
	typeof status === 'string' ? status.trim().toLowerCase() : '';
