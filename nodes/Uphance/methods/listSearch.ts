import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { fixedLimits } from '../http/limits';
import { toComparable } from '../http/text';
import type { ListSearch } from '../operations/operation';
import { includesText } from '../output/values';
import type { UphanceClient } from '../transport/client';
import { findOrder, sortByAge } from '../transport/listOrder';
import { fetchPage, idOf } from '../transport/pages';
import type { RecordType } from '../transport/recordType';
import { withEditorClient } from './loadOptions';

/** Describes the list of a resource locator. */
export interface ListSearchConfig {
	recordType: RecordType;
	/** Returns what the list shows of a record, such as the SKUs of a product. The record itself if there is no such function. */
	entries?: (record: IDataObject) => IDataObject[];
	/** Returns the parts of a record's name in the list. Empty parts are left out. */
	label: (record: IDataObject) => unknown[];
	/**
	 * Set to start with the newest record. Otherwise, and if the list is in no order, the records come in the order of
	 * Uphance.
	 */
	newestFirst: boolean;
	/** Selects the records of a page that come before its others. */
	first?: (record: IDataObject) => boolean;
	/** Field that becomes the value of the locator, instead of the ID. Records without it are not listed. */
	value?: string;
	/** Returns queries that may find the text in one request. They are tried before the list is read. */
	queries?: (text: string) => IDataObject[];
	/** Returns values of a record that are searched in addition to its label and ID. */
	searchedValues?: (record: IDataObject) => unknown[];
}

/**
 * Returns the method that fills a resource locator. It reads the list page by page and returns a pagination token for
 * the next page.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export function listSearch(config: ListSearchConfig): ListSearch {
	return async function (filter, paginationToken, limits) {
		const text = toComparable(filter);
		const { records, nextPage } = await withEditorClient(this, limits, async (client) =>
			paginationToken || text === ''
				? await scanPages(client, config, text, paginationToken)
				: await searchWithFilters(client, config, text),
		);
		return {
			results: firstOnes(config, records).flatMap((record) => {
				const value = config.value ? record[config.value] : idOf(record);
				const isUsable = typeof value === 'number' || (typeof value === 'string' && value !== '');
				return isUsable ? [{ name: formatLabel(config, record), value }] : [];
			}),
			paginationToken: nextPage,
		};
	};
}

interface SearchPage {
	records: IDataObject[];
	/** Undefined if nothing is left to read. */
	nextPage?: string;
}

async function searchWithFilters(client: UphanceClient, config: ListSearchConfig, text: string): Promise<SearchPage> {
	for (const query of config.queries?.(text) ?? []) {
		const page = await fetchPage(client, config.recordType, query, 1).catch(undefinedIfRefused);
		// Uphance may ignore or refuse a filter, or find more than one page. Then the list itself is searched.
		if (!page || page.nextPage !== undefined || page.records.length === 0) continue;
		if (page.records.every(createMatcher(config, text))) return { records: page.records };
	}
	return await scanPages(client, config, text);
}

/** A filter may not accept what somebody types in search of something else. @throws every other error */
function undefinedIfRefused(error: unknown): undefined {
	if (!(error instanceof NodeApiError) || !['400', '404', '422'].includes(String(error.httpCode))) throw error;
}

/**
 * Reads pages from the one in `token` on. With a search text it stops after `maxPagesPerCall` pages, without one after
 * the first. The token is the number of the next page, with `-` in front if the list is read from its end.
 */
async function scanPages(
	client: UphanceClient,
	config: ListSearchConfig,
	text: string,
	token?: string,
): Promise<SearchPage> {
	const { recordType } = config;
	const matches: IDataObject[] = [];
	let page = await fetchPage(client, recordType, {}, token ? Math.abs(Number(token)) : 1);
	let pagesRead = 1;
	let isBackwards = token?.startsWith('-') === true;
	if (config.newestFirst && !token && page.nextPage === undefined) {
		page.records = sortByAge(page.records, ['id'], true) ?? page.records;
	} else if (config.newestFirst && !token && page.totalPages !== undefined) {
		const last = await fetchPage(client, recordType, {}, page.totalPages);
		pagesRead += 1;
		isBackwards = findOrder([page, last], ['id']) === 'ascending';
		if (isBackwards) page = last;
	}
	for (;;) {
		const records = isBackwards ? page.records.reverse() : page.records;
		matches.push(
			...records.flatMap((record) => config.entries?.(record) ?? [record]).filter(createMatcher(config, text)),
		);
		const nextPage = isBackwards ? page.number - 1 : page.nextPage;
		if (!nextPage) return { records: matches };
		if (text === '' || pagesRead === fixedLimits.searchPagesPerCall)
			return { records: matches, nextPage: `${isBackwards ? '-' : ''}${nextPage}` };
		page = await fetchPage(client, recordType, {}, nextPage);
		pagesRead += 1;
	}
}

const firstOnes = ({ first }: ListSearchConfig, records: IDataObject[]): IDataObject[] =>
	first ? [...records.filter(first), ...records.filter((record) => !first(record))] : records;

const formatLabel = ({ label }: ListSearchConfig, record: IDataObject): string =>
	label(record)
		.filter((part) => part !== undefined && part !== null && part !== '')
		.join(' · ') || `#${String(record.id)}`;

function createMatcher(config: ListSearchConfig, text: string): (record: IDataObject) => boolean {
	return (record) =>
		includesText([formatLabel(config, record), record.id, ...(config.searchedValues?.(record) ?? [])], text);
}
