import { announce, attempt } from '../announcer.js';
import { putSettings } from '../api.js';
import { Comparison } from '../comparison.js';
import { byId, fill, h, labelled } from '../dom.js';
import { remakeButton } from '../remake.js';
import { store } from '../store.js';

/** @typedef {{name: string, label: string, variable: string, description: string, accepts: string, choices: {value: string, label: string}[]}} Field */

/** Choices with an explanation need the whole width. @param {Field} field */
const isWide = ({ choices }) => choices.some(({ value, label }) => value !== label);

/** @param {Field} field */
function controlOf({ name, choices }) {
  return choices.length > 0
    ? h('select', { name }, choices.map(({ value, label }) => h('option', { value }, label)))
    : h('input', { name, autocomplete: 'off', spellcheck: false });
}

/** @param {Field} field */
function groupOf(field) {
  const control = controlOf(field);
  const id = `hint-${field.name}`;
  control.setAttribute('aria-describedby', id);
  return h('div', { class: `field-group ${isWide(field) ? 'wide' : ''}` }, labelled(field.label, control),
    h('p', { class: 'muted small', id }, `${field.variable}: ${field.choices.length > 0 ? field.description : field.accepts}`));
}

const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
const apply = h('button', { class: 'primary' }, 'Apply');
const command = h('code');
const comparison = new Comparison();
const actions = h('p', { class: 'actions' }, apply);
const form = h('form', { onsubmit: submit, oninput: showCommand, noValidate: true }, problem, actions);

/** The settings in the form. */
const chosen = () => Object.fromEntries(store.cloud.function.form.map(({ name }) => [name, form.elements[name].value.trim()]));

/** Made once, so that a change of settings leaves the focus where it is. Narrow fields come first, side by side. */
function showForm() {
  const { form: fields, settings } = store.cloud.function;
  if (form.childElementCount === 2) {
    fill(form, [...fields].sort((a, b) => isWide(a) - isWide(b)).map(groupOf), problem, actions);
  }
  for (const { name, choices } of fields) form.elements[name].value = choices.length > 0 ? settings[name].toLowerCase() : settings[name];
}

async function submit(event) {
  event.preventDefault();
  problem.hidden = true;
  apply.disabled = true;
  apply.textContent = 'Restarting the function…';
  try {
    await comparison.begin(store.cloud.function.settings);
    const settings = await putSettings(chosen());
    announce('The function has the new settings.');
    await attempt(() => comparison.end(settings));
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  } finally {
    apply.disabled = false;
    apply.textContent = 'Apply';
  }
}

/** For a shell. */
const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The same on AWS, where an update replaces all variables: those that the function has are kept. */
function showCommand() {
  const { name: deployed, form: fields } = store.cloud.function;
  const values = chosen();
  const variables = JSON.stringify(Object.fromEntries(fields.map(({ name, variable }) => [variable, values[name]])));
  command.textContent = `aws lambda get-function-configuration --function-name ${deployed} |
    jq --argjson set ${quoted(variables)} '{Variables: ((.Environment.Variables // {}) + $set)}' > environment.json
aws lambda update-function-configuration --function-name ${deployed} --environment file://environment.json`;
}

store.addEventListener('change', ({ detail }) => {
  const deployed = store.cloud.function;
  if (detail.cloud) apply.disabled = !deployed;
  if (detail.cloud && deployed) {
    showForm();
    showCommand();
  }
});

fill(byId('settings-body'),
  h('div', {}, h('div', { class: 'panel' }, form, remakeButton())),
  h('div', {}, comparison.element, h('div', { class: 'panel' },
    h('h2', {}, 'The same on AWS'),
    h('pre', { tabIndex: 0, role: 'region', 'aria-label': 'Command of the AWS CLI' }, command))));
