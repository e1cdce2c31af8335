//! `config.json` as timm writes it to the hub.

use gancho_media::Filter;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::architecture::ModelArgs;
use crate::{Architecture, BackboneError, Recipe};

/// What `config.json` says about a network and how pictures are prepared for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The network.
    pub architecture: Architecture,
    /// Classes of its classifier, which is not used; 0 when it has none.
    pub classes: usize,
    /// The published preprocessing.
    pub recipe: Recipe,
}

/// Preprocessing of `pretrained_cfg`.
#[derive(Deserialize)]
struct Pretrained {
    input_size: [u32; 3],
    interpolation: String,
    crop_pct: f64,
    #[serde(default)]
    crop_mode: Option<String>,
    mean: [f32; 3],
    std: [f32; 3],
}

/// Largest side of an input, in pixels.
const MAX_SIDE: u32 = 1024;

impl Config {
    /// Reads the text of a `config.json`.
    ///
    /// # Errors
    /// [`BackboneError::BadConfig`], [`BackboneError::UnknownArchitecture`],
    /// [`BackboneError::UnsupportedSetting`].
    pub fn parse(text: &[u8]) -> Result<Self, BackboneError> {
        let config: Value = serde_json::from_slice(text).map_err(|error| bad(error.to_string()))?;
        let Some(name) = config["architecture"].as_str() else {
            // Other libraries' layout: their names of architectures are a list.
            return Err(match config["architectures"][0].as_str() {
                Some(other) => {
                    Architecture::named(other).err().unwrap_or_else(|| bad(NO_ARCHITECTURE.into()))
                }
                None => bad(NO_ARCHITECTURE.into()),
            });
        };
        let args: Option<ModelArgs> = part(&config, "model_args")?;
        let architecture = Architecture::named(name)?.with(&args.unwrap_or_default())?;
        // Models of before 2023 have these keys at the top.
        let pretrained: Pretrained = match part(&config, "pretrained_cfg")? {
            Some(pretrained) => pretrained,
            None => serde_json::from_value(config.clone()).map_err(|error| bad(error.to_string()))?,
        };
        let classes = part(&config, "num_classes")?.or(part(&config["pretrained_cfg"], "num_classes")?);
        Ok(Self { architecture, classes: classes.unwrap_or(0), recipe: recipe(&pretrained)? })
    }
}

const NO_ARCHITECTURE: &str = "it names no architecture";

fn bad(detail: String) -> BackboneError {
    BackboneError::BadConfig { detail }
}

fn part<T: DeserializeOwned>(config: &Value, key: &str) -> Result<Option<T>, BackboneError> {
    match &config[key] {
        Value::Null => Ok(None),
        value => T::deserialize(value).map(Some).map_err(|error| bad(format!("{key}: {error}"))),
    }
}

fn recipe(pretrained: &Pretrained) -> Result<Recipe, BackboneError> {
    let unsupported = |key: &str, found: String, supported: &str| {
        Err(BackboneError::UnsupportedSetting { key: key.to_owned(), found, supported: supported.to_owned() })
    };
    let [channels, height, width] = pretrained.input_size;
    if channels != 3 || height != width || !(32..=MAX_SIDE).contains(&width) {
        let found = format!("{:?}", pretrained.input_size);
        return unsupported("input_size", found, "[3, N, N] with N from 32 to 1024");
    }
    let filter = match pretrained.interpolation.as_str() {
        "bilinear" => Filter::Bilinear,
        "bicubic" => Filter::Bicubic,
        "lanczos" => Filter::Lanczos3,
        "box" => Filter::Box,
        other => return unsupported("interpolation", other.to_owned(), "bilinear, bicubic, lanczos, box"),
    };
    if let Some(mode) = pretrained.crop_mode.as_deref()
        && mode != "center"
    {
        return unsupported("crop_mode", mode.to_owned(), "center");
    }
    if !(0.25..=1.0).contains(&pretrained.crop_pct) {
        return unsupported("crop_pct", pretrained.crop_pct.to_string(), "0.25 to 1");
    }
    let finite = pretrained.mean.iter().chain(&pretrained.std).all(|it| it.is_finite());
    if !finite || pretrained.std.iter().any(|it| *it <= 0.0) {
        return unsupported("std", format!("{:?}", pretrained.std), "positive numbers");
    }
    Ok(Recipe {
        side: width,
        // The shorter side before the crop, rounded down as in timm.
        scaled: (f64::from(width) / pretrained.crop_pct).floor() as u32,
        filter,
        mean: pretrained.mean,
        deviation: pretrained.std,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::Block;

    /// The file of timm/resnet50.a1_in1k, shortened.
    const RESNET50: &str = r#"{"architecture": "resnet50", "num_classes": 1000, "num_features": 2048,
        "pretrained_cfg": {"tag": "a1_in1k", "num_classes": 1000, "input_size": [3, 224, 224], "pool_size": [7, 7],
        "fixed_input_size": false, "interpolation": "bicubic", "crop_pct": 0.95, "crop_mode": "center",
        "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "first_conv": "conv1", "classifier": "fc"}}"#;

    #[test]
    fn a_published_config_is_followed() {
        let config = Config::parse(RESNET50.as_bytes()).expect("timm's own");
        assert_eq!((config.architecture.block, config.classes), (Block::Bottleneck, 1000));
        let recipe = &config.recipe;
        // floor(224 / 0.95) = 235; floor(224 / 0.875) = 256
        assert_eq!((recipe.side, recipe.scaled, recipe.filter), (224, 235, Filter::Bicubic));
        assert_eq!((recipe.mean[0], recipe.deviation[2]), (0.485, 0.225));
        let other = RESNET50.replace("0.95", "0.875").replace("bicubic", "bilinear");
        let recipe = Config::parse(other.as_bytes()).expect("torchvision's").recipe;
        assert_eq!((recipe.scaled, recipe.filter), (256, Filter::Bilinear));
    }

    #[test]
    fn the_flat_form_of_old_models_is_read() {
        let flat = r#"{"architecture": "resnet18", "num_classes": 0, "input_size": [3, 224, 224],
            "interpolation": "bilinear", "crop_pct": 0.875, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}"#;
        let config = Config::parse(flat.as_bytes()).expect("the flat form");
        assert_eq!((config.classes, config.recipe.scaled), (0, 256));
    }

    #[test]
    fn what_is_not_supported_is_named() {
        for (from, to, word) in [
            ("[3, 224, 224]", "[1, 224, 224]", "input_size"),
            ("[3, 224, 224]", "[3, 224, 192]", "input_size"),
            ("bicubic", "nearest", "interpolation"),
            ("center", "border", "crop_mode"),
            ("0.95", "1.5", "crop_pct"),
            ("0.225", "0.0", "std"),
            ("\"crop_pct\": 0.95,", "", "crop_pct"),
            ("\"num_features\"", "\"model_args\": {\"groups\": 32}, \"num_features\"", "groups"),
            ("\"architecture\"", "\"arch\"", "architecture"),
            ("resnet50", "resnext50_32x4d", "resnext50_32x4d"),
            ("\"num_classes\": 1000, \"num_f", "\"num_classes\": \"many\", \"num_f", "num_classes"),
        ] {
            assert!(RESNET50.contains(from), "{from}");
            let error = Config::parse(RESNET50.replacen(from, to, 1).as_bytes()).expect_err(to);
            assert!(error.to_string().contains(word), "{to}: {error}");
        }
        let transformers = br#"{"architectures": ["ResNetForImageClassification"]}"#;
        let error = Config::parse(transformers).expect_err("another library's");
        assert!(
            matches!(&error, BackboneError::UnknownArchitecture { found, .. } if found.starts_with("ResNetFor"))
        );
        assert!(matches!(Config::parse(b"[]"), Err(BackboneError::BadConfig { .. })));
        assert!(matches!(Config::parse(b"{"), Err(BackboneError::BadConfig { .. })));
    }
}
