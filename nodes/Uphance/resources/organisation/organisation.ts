import type { RecordKind } from '../../transport/recordKind';

export const organisation: RecordKind = {
	path: '/organisations',
	listKey: 'organisations',
	key: 'organisation',
	singular: 'organisation',
	plural: 'organisations',
};
