import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError, UserError } from 'n8n-workflow';
import { queryOf } from '../../parameters/filters';
import { organisationIn } from '../../parameters/organisationField';
import { named } from '../../auth/errors';
import { openConnection } from '../../transport/client';
import { pagesFromNewest } from '../../transport/pagination';
import { isDataObject } from '../../transport/recordsIn';
import { begin, hasStart } from './initialState';
import { changedRecords } from './changedRecords';
import { newRecords } from './newRecords';
import type { Polled } from './pollableLists';
import { polled } from './pollableLists';
import { stateIn } from './state';
import { statusesIn } from '../statuses';
import { hashOf } from './version';
import type { Watch } from './watch';

/** Nodes whose poll is still running: n8n would start a second from the same cursor. */
const running = new Set<string>();

/** What is new since the last poll; null when nothing is. The state moves in the last line, after all went well. */
export async function poll(context: IPollFunctions): Promise<IDataObject[] | null> {
	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const isTest = context.getMode() === 'manual';
	if (isTest) return await pollOnce(context, isTest);
	if (running.has(node)) return null;
	running.add(node);
	try {
		return await pollOnce(context, isTest);
	} finally {
		running.delete(node);
	}
}

async function pollOnce(context: IPollFunctions, isTest: boolean): Promise<IDataObject[] | null> {
	const list = chosenList(context);
	const filters = objectIn(context, 'filters');
	const options = objectIn(context, 'options');
	const stored = context.getWorkflowStaticData('node');
	const changed = context.getNodeParameter('watchFor', 'created') === 'createdOrUpdated';
	const word = `${list.option.value} ${changed ? 'changed' : 'new'}`;
	// The first poll of a list is part of publishing, which somebody waits for.
	const isFirst = !isDataObject(stored.polled) || !String(stored.polled.key).startsWith(word);
	const connection = await openConnection(context, { unlimited: !isTest && !isFirst });
	try {
		const uphance = await connection.in(organisationIn(options));
		const watch: Watch = {
			uphance,
			list,
			query: queryOf(list.filters, filters, context.getTimezone()),
			lookBack: wholeNumber('Watch the Newest', options.lookBack ?? 500, 2_000),
			most: wholeNumber('Max Records per Poll', options.maxRecords ?? 1_000, 10_000),
			statuses: statusesIn(options.status),
		};
		const shape = context.getNodeParameter('simplify', false) === true && list.simplify ? list.simplify : undefined;
		if (isTest) return [shaped(await latest(watch, context.getNode()), shape)];

		const address = String((await context.getCredentials('uphanceApi')).apiUrl ?? '');
		const key = `${word} ${hashOf([uphance.organisation.id, address, watch.query])}`;
		const known = stateIn(stored.polled, key);
		// An id to start after is meant for the list that was chosen with it, not for one that is chosen later.
		const after = isDataObject(stored.polled) ? undefined : options.startAfterId;
		const start = known ?? (await begin(watch, key, after, changed));
		const { records, state } =
			known || hasStart(after)
				? await (changed ? changedRecords(watch, start) : newRecords(context, watch, start))
				: { records: [], state: start };
		const items = records.map((record) => shaped(record, shape));
		stored.polled = { ...state };
		return items.length > 0 ? items : null;
	} finally {
		await connection.close();
	}
}

/** For a test in the editor: shows what the workflow will get, and moves nothing. */
async function latest({ uphance, list, query }: Watch, node: INode): Promise<IDataObject> {
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		if (page[0]) return page[0];
	}
	throw new NodeOperationError(node, `There are no ${list.kind.plural} yet in ${named(uphance.organisation)}`, {
		description: 'Create one in Uphance and test again. A published workflow starts with the next one by itself.',
	});
}

function chosenList(context: IPollFunctions): Polled {
	const chosen: unknown = context.getNodeParameter('triggerOn');
	const list = polled.find(({ option }) => option.value === chosen);
	if (list) return list;
	throw new UserError(`This version of the node does not know '${String(chosen)}'`, {
		description: "Choose 'Trigger On' again, or install the newest version of n8n-nodes-uphance.",
	});
}

function objectIn(context: IPollFunctions, name: string): IDataObject {
	const value: unknown = context.getNodeParameter(name, {});
	return isDataObject(value) ? value : {};
}

function wholeNumber(label: string, typed: unknown, highest: number): number {
	const number = Number(typed);
	if (Number.isInteger(number) && number >= 1 && number <= highest) return number;
	throw new UserError(`'${label}' must be a whole number from 1 to ${highest}, not '${String(typed)}'`, {
		description: 'Correct it, or remove the option.',
	});
}

const shaped = (record: IDataObject, shape: Polled['simplify']): IDataObject => (shape ? shape(record) : record);
