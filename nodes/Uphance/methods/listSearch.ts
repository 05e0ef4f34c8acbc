import type { IDataObject } from 'n8n-workflow';
import { fixedLimits } from '../http/limits';
import type { UphanceClient } from '../transport/client';
import { fetchPage } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { withEditorClient } from './loadOptions';
import { includesText } from '../output/values';
import type { ListSearch } from '../operations/operation';

export interface ListSearchConfig {
	recordType: RecordType;
	/** How a record reads in the list, in parts; those that are empty are left out. */
	label: (record: IDataObject) => unknown[];
	/** Whether the newest come first; otherwise as Uphance lists them. */
	newestFirst: boolean;
	/** The field that a choice yields; the id where there is none. Records without it are not listed. */
	value?: string;
	/** Queries that may find the text at once, asked before the list is read. */
	queries?: (text: string) => IDataObject[];
	/** What else of a record is searched. */
	searchedValues?: (record: IDataObject) => unknown[];
}

/** The list of a resource locator, read page by page, as far as it is needed. */
export function listSearch(config: ListSearchConfig): ListSearch {
	return async function (filter, paginationToken, limits) {
		const text = filter?.trim() ?? '';
		const { records, nextPage } = await withEditorClient(this, limits, async (client) =>
			paginationToken || text === ''
				? await scanPages(client, config, text, paginationToken)
				: await searchWithFilters(client, config, text),
		);
		return {
			results: records.flatMap((record) => {
				const value = config.value ? record[config.value] : Number(record.id);
				const isUsable = typeof value === 'number' || (typeof value === 'string' && value !== '');
				return isUsable ? [{ name: formatLabel(config, record), value }] : [];
			}),
			paginationToken: nextPage,
		};
	};
}

interface SearchPage {
	records: IDataObject[];
	/** The page to go on with. */
	nextPage?: string;
}

async function searchWithFilters(client: UphanceClient, config: ListSearchConfig, text: string): Promise<SearchPage> {
	for (const query of config.queries?.(text) ?? []) {
		const { records, nextPage } = await fetchPage(client, config.recordType, query, 1);
		// A filter may be ignored, or find more than one page: then the list itself is searched.
		if (nextPage === undefined && records.length > 0 && records.every(createMatcher(config, text))) return { records };
	}
	return await scanPages(client, config, text);
}

async function scanPages(
	client: UphanceClient,
	config: ListSearchConfig,
	text: string,
	token?: string,
): Promise<SearchPage> {
	const { recordType } = config;
	const matches: IDataObject[] = [];
	let page = await fetchPage(client, recordType, {}, token ? Number(token) : 1);
	const newestFirst = config.newestFirst && (page.totalPages !== undefined || page.nextPage === undefined);
	let pageNumber = token ? Number(token) : 1;
	let pagesRead = 1;
	if (newestFirst && !token && (page.totalPages ?? 1) > 1) {
		pageNumber = page.totalPages ?? 1;
		page = await fetchPage(client, recordType, {}, pageNumber);
		pagesRead += 1;
	}
	for (;;) {
		matches.push(...(newestFirst ? page.records.reverse() : page.records).filter(createMatcher(config, text)));
		const nextPage = newestFirst ? pageNumber - 1 : page.nextPage;
		if (!nextPage) return { records: matches };
		if (text === '' || pagesRead === fixedLimits.searchPagesPerCall)
			return { records: matches, nextPage: String(nextPage) };
		page = await fetchPage(client, recordType, {}, nextPage);
		pageNumber = nextPage;
		pagesRead += 1;
	}
}

const formatLabel = ({ label }: ListSearchConfig, record: IDataObject): string =>
	label(record)
		.filter((part) => part !== undefined && part !== null && part !== '')
		.join(' · ') || `#${String(record.id)}`;

function createMatcher(config: ListSearchConfig, text: string): (record: IDataObject) => boolean {
	const lowerCaseText = text.toLowerCase();
	return (record) =>
		includesText([formatLabel(config, record), record.id, ...(config.searchedValues?.(record) ?? [])], lowerCaseText);
}
