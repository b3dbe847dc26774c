import { type ReactNode, useRef, useState } from "react";
import type { Picture } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { ChartFiles } from "../charts/chart-files.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { pictureValue } from "./figures.ts";
import { StandingChart } from "./standing-chart.tsx";
import { useTold } from "./told.ts";
import { useXName } from "./x-name.ts";

/** More bars than this stand over an axis instead of lying beside their names. */
const MOST_LYING = 12;

/** A small chart beside a sentence, with its data. */
export function PictureView(props: {
  readonly picture: Picture;
  readonly money: Currency;
  readonly name: string;
}): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { picture, money, name } = props;
  const [shown, setShown] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const lies =
    picture.kind === "bars" &&
    picture.over === "label" &&
    picture.series.length === 1 &&
    picture.x.length <= MOST_LYING;
  const sign =
    picture.unit === "money" && money.currency !== null
      ? ` (${formats.currencySign(money.currency)})`
      : "";
  return (
    <figure className="picture">
      <figcaption>
        {picture.series.map((one, i) => (
          <span key={told(one.name)} className={lies ? "" : `key key-${(i % 3) + 1}`}>
            {told(one.name)}
            {sign}
          </span>
        ))}
      </figcaption>
      {lies ? (
        <LyingBars picture={picture} money={money} />
      ) : (
        <>
          <StandingChart picture={picture} money={money} name={name} svg={svg} />
          <div className="picture-foot">
            <button
              type="button"
              className="link"
              aria-expanded={shown}
              onClick={() => setShown(!shown)}
            >
              {t(shown ? "action.hideData" : "action.showData")}
            </button>
            <ChartFiles svg={svg} name="leadsmart-chart" />
          </div>
          {shown ? <PictureData picture={picture} money={money} name={name} /> : null}
        </>
      )}
    </figure>
  );
}

/** Few bars with names of any length: a list that reads as one. */
function LyingBars(props: { readonly picture: Picture; readonly money: Currency }): ReactNode {
  const { formats } = useSpeech();
  const xName = useXName(props.picture);
  const { x, unit, series } = props.picture;
  const values = series[0]?.values ?? [];
  const most = Math.max(1e-12, ...values.map((value) => value ?? 0));
  return (
    <ul className="lying">
      {x.map((id, i) => {
        const value = values[i] ?? null;
        return (
          <li key={id}>
            <bdi className="lying-name" title={xName(i)}>
              {xName(i)}
            </bdi>
            <span className="lying-track" aria-hidden="true">
              <span
                className="lying-bar"
                style={{ inlineSize: `${(Math.max(0, value ?? 0) / most) * 100}%` }}
              />
            </span>
            <bdi className="lying-value">{pictureValue(formats, unit, value, props.money)}</bdi>
          </li>
        );
      })}
    </ul>
  );
}

function PictureData(props: {
  readonly picture: Picture;
  readonly money: Currency;
  readonly name: string;
}): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const xName = useXName(props.picture);
  const { x, series, unit } = props.picture;
  return (
    <ScrollBox name={props.name} className="picture-data">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            {series.map((one) => (
              <th key={told(one.name)} scope="col" className="number">
                {told(one.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {x.map((id, i) => (
            <tr key={id}>
              <td>{xName(i)}</td>
              {series.map((one) => (
                <td key={told(one.name)} className="number">
                  <bdi>{pictureValue(formats, unit, one.values[i] ?? null, props.money)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
