import { everyText } from '../../methods/loadOptions';
import { getMany } from '../../operations/getMany';
import type { LoadOptions, Resource } from '../../operations/operation';
import type { RecordKind } from '../../transport/recordType';

const kind: RecordKind = {
	path: '/seasons',
	listKey: 'seasons',
	key: 'season',
	singular: 'season',
	plural: 'seasons',
};

/** By name, which is what an order takes. */
const getSeasons: LoadOptions = async function () {
	return await everyText(this, kind, ({ name }) => name);
};

/** uphance-api.md 4.16 */
export const season: Resource = {
	option: { name: 'Season', value: 'season', description: 'Collections that products and orders belong to' },
	operations: [getMany({ kind, filters: [] })],
	loadOptions: { getSeasons },
};
