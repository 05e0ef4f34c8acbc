import type {
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { collection, organisationField, simplifyField } from './parameters/fields';
import { methods } from './resources';
import { poll } from './triggers/polling/poll';
import { pollableLists } from './triggers/polling/pollableLists';
import { statusField } from './triggers/status';

/** One Filters field for each list that has filters. */
const filterFields: INodeProperties[] = pollableLists
	.filter(({ filters }) => filters.length > 0)
	.map(({ option, filters }) => ({
		...collection(
			'Filters',
			'filters',
			'filter',
			filters.map(({ field }) => field),
		),
		displayOptions: { show: { triggerOn: [option.value] } },
	}));

/** Only for lists whose records have a status. A new record gets its status later, so the trigger must watch for changes. */
const statusFields: INodeProperties[] = pollableLists.flatMap(({ option, knownStatuses }) =>
	knownStatuses === undefined
		? []
		: [
				{
					...statusField,
					displayOptions: { show: { '/triggerOn': [option.value], '/watchFor': ['createdOrUpdated'] } },
					description: `Starts the workflow once per record and status. Separate several statuses with commas; case and spaces do not matter. Known: ${knownStatuses}.`,
				},
			],
);

/** What the text below the node on the canvas calls each list. */
const listNames = JSON.stringify(
	Object.fromEntries(pollableLists.map(({ option, recordType }) => [String(option.value), recordType.plural])),
);

/** The trigger that asks Uphance at intervals. It watches the lists in `pollableLists`. */
export class UphancePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Uphance Polling Trigger',
		name: 'uphancePollingTrigger',
		icon: { light: 'file:uphance.svg', dark: 'file:uphance.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ ($parameter["watchFor"] === "created" ? "New " : "New or changed ") + ((${listNames})[$parameter["triggerOn"]] || $parameter["triggerOn"]) }}`,
		description: 'Every few minutes: new orders, payments, returns, customers',
		defaults: { name: 'Uphance Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'uphanceApi', required: true }],
		properties: [
			{
				displayName:
					'When you publish the workflow, the trigger starts from now. When you publish it again, it continues where it stopped. A test shows the latest record, or the latest with the status that you choose under Options.',
				name: 'beginning',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'options',
				noDataExpression: true,
				options: pollableLists.map(({ option, recordType }) => ({
					...option,
					action: `On new ${recordType.singular}`,
				})),
				default: 'order',
				description: 'List of records to watch',
			},
			{
				displayName: 'Watch For',
				name: 'watchFor',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'New Records', value: 'created', description: 'Records that were created since the last check' },
					{
						name: 'New or Changed Records',
						value: 'createdOrUpdated',
						description: 'Also records that have changed since, such as a draft that was confirmed',
					},
				],
				default: 'created',
				description: 'Which records start the workflow',
			},
			{ ...simplifyField, default: false },
			...filterFields,
			collection('Options', 'options', 'option', [
				{
					displayName: 'Max Records per Poll',
					name: 'maxRecords',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 10000 },
					default: 1000,
					description: 'Maximum number of records that one poll returns. The next poll returns the rest.',
				},
				...statusFields,
				organisationField,
				{
					displayName: 'Start After ID',
					name: 'startAfterId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 9005',
					description:
						'Starts with the record after this ID instead of from now. The trigger uses it for its first poll only.',
				},
				{
					displayName: 'Watch the Newest',
					name: 'lookBack',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 2000 },
					displayOptions: { show: { '/watchFor': ['createdOrUpdated'] } },
					default: 500,
					description: 'Number of newest records to check for changes. Every 100 records need one request.',
				},
			]),
		],
	};

	methods = methods;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const records = await poll(this);
		return records && [this.helpers.returnJsonArray(records)];
	}
}
