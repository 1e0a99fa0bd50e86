import { announce, attempt } from '../announcer.js';
import { putSettings } from '../api.js';
import { Comparison } from '../comparison.js';
import { byId, fill, h, labelled } from '../dom.js';
import { store } from '../store.js';

const fits = {
  cover: 'cover: fill the size, cut off evenly what does not fit', contain: 'contain: the whole image, with bars',
  inside: 'inside: keep the shape, never enlarge', fill: 'fill: stretch',
};
/** @param {string[]} names of the function's formats */
const formats = (names) => ({
  auto: 'auto: JPEG, or PNG where it is transparent', ...Object.fromEntries(names.map((name) => [name, name.toUpperCase()])),
});
const fields = ['size', 'fit', 'format', 'quality', 'background'];

const options = (choices) => Object.entries(choices).map(([value, text]) => h('option', { value }, text));
const select = (name, choices) => h('select', { name }, options(choices));
const text = (name, properties) => h('input', { name, autocomplete: 'off', spellcheck: false, ...properties });
const field = (label, hint, control, width = '') => {
  const id = `hint-${control.name}`;
  control.setAttribute('aria-describedby', id);
  return h('div', { class: `field-group ${width}` }, labelled(label, control), h('p', { class: 'muted small', id }, hint));
};

const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
const apply = h('button', { class: 'primary' }, 'Apply');
const command = h('code');
const comparison = new Comparison();
const form = h('form', { onsubmit: submit, oninput: showCommand, noValidate: true },
  field('Size', 'THUMBNAIL_SIZE: WIDTHxHEIGHT in pixels, each 1 to 4096', text('size', { required: true })),
  field('Quality', 'THUMBNAIL_QUALITY of JPEG: 1 to 100, or auto', text('quality', {})),
  field('Fit', 'THUMBNAIL_FIT', select('fit', fits), 'wide'),
  field('Format', 'THUMBNAIL_FORMAT', select('format', formats([])), 'wide'),
  field('Background', 'THUMBNAIL_BACKGROUND: #RRGGBB, #RRGGBBAA, white, black or transparent', text('background', {}), 'wide'),
  problem,
  h('p', { class: 'actions' }, apply));

/** The settings in the form. */
const chosen = () => Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()]));

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
  const { name: deployed } = store.cloud.function;
  const variables = JSON.stringify(Object.fromEntries(fields.map((name) => [`THUMBNAIL_${name.toUpperCase()}`, chosen()[name]])));
  command.textContent = `aws lambda get-function-configuration --function-name ${deployed} |
    jq --argjson set ${quoted(variables)} '{Variables: ((.Environment.Variables // {}) + $set)}' > environment.json
aws lambda update-function-configuration --function-name ${deployed} --environment file://environment.json`;
}

store.addEventListener('change', ({ detail }) => {
  const deployed = store.cloud.function;
  if (detail.cloud) apply.disabled = !deployed;
  if (detail.cloud && deployed) {
    fill(form.elements.format, options(formats(deployed.formats)));
    for (const name of fields) form.elements[name].value = deployed.settings[name];
    showCommand();
  }
});

fill(byId('settings-body'),
  h('div', {}, h('div', { class: 'panel' }, form)),
  h('div', {}, comparison.element, h('div', { class: 'panel' },
    h('h2', {}, 'The same on AWS'),
    h('pre', { tabIndex: 0, role: 'region', 'aria-label': 'Command of the AWS CLI' }, command))));
