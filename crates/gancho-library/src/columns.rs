//! The one table of column names: what a header means, in English and Spanish.
//!
//! A header is compared without case, accents, spaces, underscores and other marks, first whole and
//! then without a closing bracket, so that `Amount spent (USD)` is `spend`. Where two columns mean
//! the same field, the name that stands earlier in the table wins and the other column is kept as
//! an unknown one: `link clicks` before `clicks (all)`.

use unicode_normalization::UnicodeNormalization;

use crate::fault::{Fault, FaultKind};
use crate::table::Table;

macro_rules! fields {
    ($($field:ident $name:literal : $($alias:literal)*;)*) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Field { $($field),* }

        /// Field, canonical name, and headers in normalized form, best first.
        const FIELDS: &[(Field, &str, &[&str])] = &[$((Field::$field, $name, &[$($alias),*])),*];
    };
}

fields! {
    Id "id": "id" "identificador";
    Name "ad_name": "adname" "nombredelanuncio" "nombreanuncio" "anuncio" "ad";
    Creative "creative": "creative" "creatividad" "creativo" "creativeid" "idcreatividad" "idcreativo"
        "iddelacreatividad" "adid" "iddelanuncio" "idanuncio" "identificadordelanuncio";
    Image "image": "image" "imagen" "picture" "file" "archivo" "foto" "fichero" "filename" "imagefile"
        "imagename" "path" "ruta" "nombredearchivo" "nombredelarchivo" "nombredelaimagen";
    PrimaryText "primary_text": "primarytext" "textoprincipal" "body" "cuerpo" "copy";
    Headline "headline": "headline" "titular" "titulo" "title" "encabezado";
    Description "description": "description" "descripcion";
    CallToAction "call_to_action": "calltoaction" "llamadaalaaccion" "llamadaaccion" "cta"
        "llamadoalaaccion" "botondellamadaalaaccion";
    Url "url": "url" "link" "enlace" "website" "landingpage" "paginadedestino" "urldedestino";
    Campaign "campaign": "campaign" "campana" "campaignname" "nombredelacampana";
    AdSet "ad_set": "adset" "conjuntodeanuncios" "adsetname" "nombredelconjuntodeanuncios" "adgroup"
        "grupodeanuncios";
    Placement "placement": "placement" "ubicacion" "emplazamiento";
    Platform "platform": "platform" "plataforma";
    Market "market": "market" "mercado";
    Language "language": "language" "idioma" "lengua";
    Audience "audience": "audience" "audiencia" "publico";
    Start "start": "start" "inicio" "startdate" "fechadeinicio" "starts" "reportingstarts"
        "iniciodelinforme";
    End "end": "end" "fin" "enddate" "fechadefin" "fechadefinalizacion" "ends" "reportingends"
        "findelinforme";
    Tags "tags": "tags" "etiquetas";
    Impressions "impressions": "impressions" "impresiones" "impr";
    Clicks "clicks": "clicks" "clics" "linkclicks" "clicsenelenlace" "clicksall" "clicstodos";
    Spend "spend": "spend" "gasto" "importegastado" "amountspent" "cost" "coste" "costo" "inversion";
    Conversions "conversions": "conversions" "conversiones" "results" "resultados" "purchases" "compras";
    Revenue "revenue": "revenue" "ingresos" "valor" "conversionvalue" "convvalue" "valordeconversion"
        "purchasesconversionvalue" "valordeconversiondecompras";
    Reach "reach": "reach" "alcance";
    Video3s "video_3s": "video3s" "3secondvideoplays" "3secondvideoviews"
        "reproduccionesdevideode3segundos";
    VideoThruplay "video_thruplay": "videothruplay" "thruplay" "thruplays" "videothruplays";
    Text "text": "text" "texto" "comment" "comentario" "message" "mensaje";
    Author "author": "author" "autor" "autora" "user" "usuario";
    CreatedAt "created_at": "createdat" "fecha" "date" "creadoel" "creado" "timestamp";
    Likes "likes": "likes" "megusta" "numlikes";
    Parent "parent": "parent" "padre" "parentid" "respuestaa" "enrespuestaa" "replyto" "inreplyto";
}

/// Fields of a manifest.
pub(crate) const MANIFEST: &[Field] = &[
    Field::Id,
    Field::Creative,
    Field::Image,
    Field::PrimaryText,
    Field::Headline,
    Field::Description,
    Field::CallToAction,
    Field::Url,
    Field::Campaign,
    Field::AdSet,
    Field::Placement,
    Field::Platform,
    Field::Market,
    Field::Language,
    Field::Audience,
    Field::Start,
    Field::End,
    Field::Tags,
    Field::Impressions,
    Field::Clicks,
    Field::Spend,
    Field::Conversions,
    Field::Revenue,
    Field::Reach,
    Field::Video3s,
    Field::VideoThruplay,
];

/// Fields of a comments file.
pub(crate) const COMMENTS: &[Field] = &[
    Field::Id,
    Field::Creative,
    Field::Image,
    Field::Name,
    Field::Text,
    Field::Author,
    Field::CreatedAt,
    Field::Likes,
    Field::Parent,
];

impl Field {
    /// The name under which the design knows the field.
    pub(crate) fn name(self) -> &'static str {
        FIELDS.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }
}

/// A header reduced to what is compared: lower-case letters and digits without accents.
pub(crate) fn normalized(header: &str) -> String {
    header.nfd().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A text in lower case without accents, its words and marks kept.
pub(crate) fn folded_words(text: &str) -> String {
    let is_accent = |it: &char| ('\u{300}'..='\u{36f}').contains(it);
    text.nfd().filter(|it| !is_accent(it)).flat_map(char::to_lowercase).collect()
}

/// The field that a header means, among those wanted, and its rank among the field's names.
pub(crate) fn meaning(header: &str, wanted: &[Field]) -> Option<(Field, usize)> {
    let find = |key: &str| {
        FIELDS
            .iter()
            .filter(|it| wanted.contains(&it.0))
            .find_map(|(field, _, names)| Some((*field, names.iter().position(|it| *it == key)?)))
    };
    let before_bracket = header.split('(').next().unwrap_or(header);
    find(&normalized(header)).or_else(|| find(&normalized(before_bracket)))
}

/// Which column holds which field.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    wanted: &'static [Field],
    known: Vec<(Field, usize, usize)>,
    /// Columns without a meaning here.
    pub unknown: Vec<usize>,
}

impl Layout {
    /// Reads the header of a table.
    pub(crate) fn of(table: &Table, wanted: &'static [Field], faults: &mut Vec<Fault>) -> Layout {
        let mut layout = Layout { wanted, ..Layout::default() };
        for (index, header) in table.columns.iter().enumerate() {
            if table.columns[..index].contains(header) {
                if !header.is_empty() {
                    let kind = FaultKind::RepeatedColumn { header: header.clone() };
                    faults.push(Fault::of_file(&table.file, kind));
                }
                continue;
            }
            match meaning(header, wanted) {
                Some((field, rank)) => layout.place(table, field, index, rank, faults),
                None => layout.unknown.push(index),
            }
        }
        layout.unknown.sort_unstable();
        layout
    }

    fn place(&mut self, table: &Table, field: Field, index: usize, rank: usize, faults: &mut Vec<Fault>) {
        let Some(held) = self.known.iter_mut().find(|it| it.0 == field) else {
            self.known.push((field, index, rank));
            return;
        };
        let (used, other) = if rank < held.2 { (index, held.1) } else { (held.1, index) };
        if rank < held.2 {
            *held = (field, index, rank);
        }
        self.unknown.push(other);
        let kind = FaultKind::CompetingColumns {
            field: field.name().into(),
            used: table.columns[used].clone(),
            other: table.columns[other].clone(),
        };
        faults.push(Fault::of_file(&table.file, kind));
    }

    /// The column of a field.
    pub(crate) fn column(&self, field: Field) -> Option<usize> {
        self.known.iter().find(|it| it.0 == field).map(|it| it.1)
    }

    /// Whether any of these fields has a column.
    pub(crate) fn has_any(&self, fields: &[Field]) -> bool {
        fields.iter().any(|it| self.column(*it).is_some())
    }

    /// Headers that nobody knows. A blank one has nothing to list, and a column such as `campaign`
    /// is known to manifests, so it is not called unknown in a file that has no use for it.
    pub(crate) fn unknown_headers(&self, table: &Table) -> Vec<String> {
        let is_known_elsewhere =
            |it: &str| meaning(it, self.wanted).is_none() && meaning(it, MANIFEST).is_some();
        let headers = self.unknown.iter().map(|it| &table.columns[*it]);
        headers.filter(|it| !it.is_empty() && !is_known_elsewhere(it)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_two_languages() {
        for (header, field) in [
            ("ID", Field::Id),
            ("Imagen", Field::Image),
            ("picture", Field::Image),
            ("TEXTO PRINCIPAL", Field::PrimaryText),
            ("primary_text", Field::PrimaryText),
            ("Título", Field::Headline),
            ("titular", Field::Headline),
            ("Descripción", Field::Description),
            ("Llamada a la acción", Field::CallToAction),
            ("CTA", Field::CallToAction),
            ("Campaña", Field::Campaign),
            ("conjunto de anuncios", Field::AdSet),
            ("ad_set", Field::AdSet),
            ("Ubicación", Field::Placement),
            ("Público", Field::Audience),
            ("Importe gastado (EUR)", Field::Spend),
            ("Amount Spent (USD)", Field::Spend),
            ("Clicks (all)", Field::Clicks),
            ("Video 3s", Field::Video3s),
            ("ThruPlays", Field::VideoThruplay),
        ] {
            assert_eq!(meaning(header, MANIFEST).map(|it| it.0), Some(field), "{header}");
        }
        assert_eq!(meaning("Amount Spent Today (USD)", MANIFEST), None);
        assert_eq!(meaning("CPC (All) (USD)", MANIFEST), None);
    }

    #[test]
    fn every_field_of_the_design_is_known_by_its_own_name() {
        for fields in [MANIFEST, COMMENTS] {
            for field in fields {
                assert_eq!(meaning(field.name(), fields).map(|it| it.0), Some(*field));
            }
        }
    }

    #[test]
    fn names_are_in_normal_form_and_unique_per_kind_of_file() {
        for fields in [MANIFEST, COMMENTS] {
            let mut seen = std::collections::BTreeSet::new();
            for (_, _, names) in FIELDS.iter().filter(|it| fields.contains(&it.0)) {
                for name in *names {
                    assert_eq!(&normalized(name), name);
                    assert!(seen.insert(name), "{name} has two meanings");
                }
            }
        }
    }
}
