import type { RecordKind } from '../../transport/recordKind';

export const customer: RecordKind = {
	path: '/customers',
	listKey: 'customers',
	key: 'customer',
	singular: 'customer',
	plural: 'customers',
};
