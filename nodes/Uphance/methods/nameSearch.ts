import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../http/text';
import type { ListSearch } from '../operations/operation';
import { includesText } from '../output/values';
import { compareAlphabetically } from '../parameters/fields';
import { readBothEnds } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { withEditorClient } from './loadOptions';

/** Where a name occurs. */
interface NameSource {
	recordType: RecordType;
	names: (record: IDataObject) => unknown[];
}

/**
 * Returns the method that lists names for which Uphance has no list of its own: those that the first and the last page of
 * other lists have. More pages are not read, because users can also enter a name.
 *
 * @param known names that are listed in any case
 * @throws NodeApiError or UserError if a request fails
 */
export const nameSearch = (sources: NameSource[], known: string[] = []): ListSearch =>
	async function (filter, _paginationToken, limits) {
		const found = await withEditorClient(this, limits, async (client) => {
			const names: unknown[] = [];
			for (const source of sources) {
				names.push(...(await readBothEnds(client, source.recordType)).flatMap(source.names));
			}
			return names;
		});
		const names = new Set([...known, ...found.map(toComparable)]);
		const wanted = [...names].filter((name) => name !== '' && includesText([name], toComparable(filter)));
		return { results: wanted.sort(compareAlphabetically).map((name) => ({ name, value: name })) };
	};
