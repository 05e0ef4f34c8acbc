import { parseArgs } from 'node:util';
import { readAccount } from './account.mts';
import { deliveryDefaults } from './deliveries.mts';
import { faultKinds } from './faults.mts';
import type { Switches } from './switches.mts';
import { defaultSwitches } from './switches.mts';
import { demo, group, startUphance } from './uphance.mts';
import { knownEvents } from './webhookBody.mts';

const { values } = parseArgs({
	options: {
		orders: { type: 'string', default: '1250' },
		styles: { type: 'string', default: '40' },
		port: { type: 'string', default: '4010' },
		webhook: { type: 'string', multiple: true, default: [] },
		switch: { type: 'string', multiple: true, default: [] },
		as: { type: 'string' },
		'keep-pages': { type: 'boolean', default: false },
		fixed: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	console.log(`npm run sandbox -- [--orders 1250] [--styles 40] [--port 4010] [--fixed] [--webhook http://localhost:5678/webhook/…] [--switch name=value …] [--as FILE]

Starts a stand-in for Uphance's API on this machine.

Control it while it runs: POST to /sandbox/<command> with the arguments as a JSON list. The command log returns
the requests that it received. This example makes the next two requests fail with 429:
  curl localhost:4010/sandbox/fault -H 'content-type: application/json' \\
    -d '[{ "path": "/sales_orders", "times": 2, "kind": "status", "status": 429, "retryAfter": "3" }]'

The records are those of a made-up brand that has been selling until yesterday: drafts, open and late pick tickets,
overdue invoices. --fixed gives the records of the tests, which are the same on every day, begin on 1 January 2020, and
have every gap that clients of Uphance have seen.

--keep-pages renders each page of a list once and then sends it from memory, for benchmarks.

--webhook adds a webhook for all events, like New Webhook in Uphance. You can use it several times. The URL must be on
this machine. Send an event about a record while the stand-in runs:
  curl localhost:4010/sandbox/deliver -H 'content-type: application/json' -d '["pick_ticket_update", 3000079]'
The response lists each attempt. You can change fields of the record and send the same event several times:
  -d '["invoice_create", 1000079, { "record": { "due_date": null }, "times": 2 }]'
Known events: ${knownEvents.map((event, index) => (index % 3 === 0 ? `\n  ${event}` : event)).join(', ')}
You can send other events too, about any record in a list. If the receiver does not respond with 2xx, the event is sent
again up to ${deliveryDefaults.webhookRetry.length} times. These events are sent automatically: pick_ticket_update when a pick ticket is changed by the API
or published, and pick_ticket_delete when one is deleted.

Add and change records, for polling:
  curl localhost:4010/sandbox/addRecords -H 'content-type: application/json' -d '["/invoices", 3]'
  curl localhost:4010/sandbox/changeRecord -H 'content-type: application/json' -d '["/invoices", 1000079, { "total_paid": "5.0" }]'

Kinds of faults: ${faultKinds.join(', ')}.
All commands: fault, clearFaults, log, clearLog, addUser, changePassword, switchOrganisation, joinOrganisation,
expireTokens, revokeRefreshTokens, revokeTokens, signIns, setOrders, setStyles, created (new orders), createdPayments, stockOperations (without repeats),
deletePickTicket, deleteRecord, publishPickTicket, addRecords, changeRecord, changeSku, lateRecord, addWebhook, removeWebhook, webhooks, deliver,
deliverRaw, duplicateNext, loseAnswers, deliveries, delivered, secrets.

--as uphance-check.json makes the stand-in behave like the account that npm run check has read.

Switches change what is unknown about Uphance; docs/api.md explains them. Their defaults:
${Object.entries(defaultSwitches)
	.map(([name, value]) => `  ${name}=${value}`)
	.join('\n')}`);
	process.exit(0);
}

const switches: Partial<Switches> = Object.fromEntries(
	values.switch.map((text) => {
		const [name = '', value = ''] = text.split('=');
		if (!(name in defaultSwitches)) {
			console.error(`There is no switch '${name}'. npm run sandbox -- --help lists them.`);
			process.exit(1);
		}
		return [name, value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value];
	}),
);

try {
	const account = values.as === undefined ? undefined : readAccount(values.as);
	const uphance = await startUphance({
		port: Number(values.port),
		orders: Number(values.orders),
		styles: Number(values.styles),
		today: values.fixed ? undefined : Date.now(),
		switches: { ...account?.switches, ...switches },
		lists: account?.lists,
		keepsPages: values['keep-pages'],
		webhooks: values.webhook.map((url) => ({ url })),
	});
	console.log(`Stand-in Uphance at ${uphance.url}, ${values.orders} sales orders in each organisation.
Sign in as ${demo.email} / ${demo.password} (one organisation) or ${group.email} / ${group.password} (two).`);
	for (const { url } of uphance.webhooks()) console.log(`Webhook events are sent to ${url}.`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
